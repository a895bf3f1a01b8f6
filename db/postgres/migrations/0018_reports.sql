CREATE TABLE "reports" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"reporter_id" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"rule_version" bigint NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C",
	"reported_at_ms" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"proposal_id" text COLLATE "C",
	"checked_by" text COLLATE "C",
	"checked_at_ms" bigint,
	"reason" text COLLATE "C" NOT NULL,
	"step_salt" text COLLATE "C",
	CONSTRAINT "reports_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "reports_number" ON "reports" USING btree ("village_id","number");--> statement-breakpoint
CREATE INDEX "reports_by_state" ON "reports" USING btree ("village_id","state","id");--> statement-breakpoint
CREATE INDEX "reports_by_reporter" ON "reports" USING btree ("village_id","reporter_id","id");--> statement-breakpoint
CREATE INDEX "reports_by_household" ON "reports" USING btree ("village_id","household_id","id");--> statement-breakpoint
CREATE INDEX "reports_by_proposal" ON "reports" USING btree ("village_id","proposal_id");