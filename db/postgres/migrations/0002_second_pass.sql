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
CREATE TABLE "donations" (
	"village_id" text COLLATE "C" NOT NULL,
	"journal_number" bigint NOT NULL,
	"goods_id" text COLLATE "C" NOT NULL,
	"donor" text COLLATE "C" NOT NULL,
	"is_named" boolean NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "donations_village_id_journal_number_pk" PRIMARY KEY("village_id","journal_number")
);
--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "original_number" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "original_key" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "next_price" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "next_price_from" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "former_price" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "price_since" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "chosen_drawing" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "pin_slips_by_maker" ON "pin_slips" USING btree ("village_id","made_by","made_at_ms");--> statement-breakpoint
CREATE INDEX "donations_by_day" ON "donations" USING btree ("village_id","effective_on");--> statement-breakpoint
CREATE INDEX "households_by_original" ON "households" USING btree ("village_id","original_key");