CREATE TABLE "objections" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"channel" text COLLATE "C" NOT NULL,
	"proposal_id" text COLLATE "C",
	"entry_number" bigint,
	"notice_id" text COLLATE "C",
	"household_id" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"outcome" text COLLATE "C",
	"received_by" text COLLATE "C",
	"received_at_ms" bigint NOT NULL,
	"due_on" text COLLATE "C" NOT NULL,
	"answered_at_ms" bigint,
	CONSTRAINT "objections_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "objection_events" (
	"village_id" text COLLATE "C" NOT NULL,
	"objection_id" text COLLATE "C" NOT NULL,
	"step" bigint NOT NULL,
	"from_state" text COLLATE "C",
	"to_state" text COLLATE "C" NOT NULL,
	"outcome" text COLLATE "C",
	"actor_id" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C",
	"at_ms" bigint NOT NULL,
	CONSTRAINT "objection_events_village_id_objection_id_step_pk" PRIMARY KEY("village_id","objection_id","step")
);
--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "open_objections" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "objections_number" ON "objections" USING btree ("village_id","number");--> statement-breakpoint
CREATE INDEX "objections_by_state" ON "objections" USING btree ("village_id","state","id");--> statement-breakpoint
CREATE INDEX "objections_by_deed" ON "objections" USING btree ("village_id","proposal_id");--> statement-breakpoint
CREATE INDEX "objections_by_notice" ON "objections" USING btree ("village_id","notice_id");--> statement-breakpoint
CREATE INDEX "objections_by_household" ON "objections" USING btree ("village_id","household_id","id");