CREATE TABLE "changes" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"operation" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C",
	"input" json,
	"told" json,
	"salt" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"proposed_at_ms" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at_ms" bigint,
	"note" text COLLATE "C",
	"used_at_ms" bigint,
	CONSTRAINT "changes_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "pin_set_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "base_price" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "base_price_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "confirmed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "unconfirmed_by" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "changes_by_household" ON "changes" USING btree ("village_id","household_id");--> statement-breakpoint
CREATE INDEX "changes_waiting" ON "changes" USING btree ("village_id","id") WHERE "changes"."state" = 'waiting';