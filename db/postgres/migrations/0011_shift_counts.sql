CREATE TABLE "shift_counts" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C" NOT NULL,
	"shift_id" text COLLATE "C" NOT NULL,
	"phase" text COLLATE "C" NOT NULL,
	"answers_id" text COLLATE "C",
	"taken_at_ms" bigint NOT NULL,
	"kept_at_ms" bigint NOT NULL,
	"without_network" boolean NOT NULL,
	"lines" json NOT NULL,
	CONSTRAINT "shift_counts_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "shift_counts_once" UNIQUE("village_id","shift_id","phase")
);
--> statement-breakpoint
CREATE INDEX "shift_counts_by_kiosk" ON "shift_counts" USING btree ("village_id","kiosk_id","taken_at_ms");--> statement-breakpoint
CREATE INDEX "shift_counts_by_time" ON "shift_counts" USING btree ("village_id","kept_at_ms");