CREATE TABLE "reminders" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C",
	"seen_on" text COLLATE "C" NOT NULL,
	"due_on" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"made_at_ms" bigint NOT NULL,
	"delivered_on" text COLLATE "C",
	"delivered_way" text COLLATE "C",
	"ended" text COLLATE "C",
	CONSTRAINT "reminders_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "deduction_terms" (
	"village_id" text COLLATE "C" NOT NULL,
	"proposal_id" text COLLATE "C" NOT NULL,
	"reminder_id" text COLLATE "C" NOT NULL,
	"told_of" bigint,
	"told_way" text COLLATE "C",
	"answer_until" text COLLATE "C",
	"agreed_of" bigint,
	CONSTRAINT "deduction_terms_village_id_proposal_id_pk" PRIMARY KEY("village_id","proposal_id")
);
--> statement-breakpoint
CREATE TABLE "workdays" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"from_clock" text COLLATE "C" NOT NULL,
	"until_clock" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"most" bigint,
	"state" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"announced_by" text COLLATE "C" NOT NULL,
	"announced_at_ms" bigint NOT NULL,
	"closed_by" text COLLATE "C",
	"closed_at_ms" bigint,
	CONSTRAINT "workdays_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"workday_id" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"way" text COLLATE "C" NOT NULL,
	"in_at_ms" bigint,
	"out_at_ms" bigint,
	"minutes" bigint,
	"hours_reason" text COLLATE "C" NOT NULL,
	"is_late" boolean NOT NULL,
	"late_reason" text COLLATE "C" NOT NULL,
	"is_left_out" boolean NOT NULL,
	"left_out_reason" text COLLATE "C" NOT NULL,
	"in_by" text COLLATE "C" NOT NULL,
	"hours_by" text COLLATE "C",
	"agreed_by" text COLLATE "C",
	"batch_id" text COLLATE "C",
	CONSTRAINT "attendances_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "attendance" json;--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_number" ON "reminders" USING btree ("village_id","number");--> statement-breakpoint
CREATE INDEX "reminders_by_household" ON "reminders" USING btree ("village_id","household_id","rule_id");--> statement-breakpoint
CREATE INDEX "deduction_terms_by_reminder" ON "deduction_terms" USING btree ("village_id","reminder_id");--> statement-breakpoint
CREATE INDEX "workdays_by_day" ON "workdays" USING btree ("village_id","state","day");--> statement-breakpoint
CREATE INDEX "attendances_by_workday" ON "attendances" USING btree ("village_id","workday_id","id");--> statement-breakpoint
CREATE INDEX "attendances_by_household" ON "attendances" USING btree ("village_id","household_id","id");