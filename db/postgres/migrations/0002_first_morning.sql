CREATE TABLE "setup_notes" (
	"village_id" text COLLATE "C" NOT NULL,
	"step" text COLLATE "C" NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"noted_at_ms" bigint NOT NULL,
	CONSTRAINT "setup_notes_village_id_step_pk" PRIMARY KEY("village_id","step")
);
--> statement-breakpoint
CREATE TABLE "pin_slips" (
	"village_id" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"made_at_ms" bigint NOT NULL,
	"sealed" text COLLATE "C" NOT NULL,
	CONSTRAINT "pin_slips_village_id_household_id_pk" PRIMARY KEY("village_id","household_id")
);
--> statement-breakpoint
CREATE INDEX "pin_slips_by_maker" ON "pin_slips" USING btree ("village_id","made_by","made_at_ms");