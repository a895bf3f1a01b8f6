CREATE TABLE "account_months" (
	"village_id" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "account_months_village_id_month_account_id_pk" PRIMARY KEY("village_id","month","account_id")
);
--> statement-breakpoint
CREATE TABLE "rule_uses" (
	"village_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"uses" bigint NOT NULL,
	CONSTRAINT "rule_uses_village_id_rule_id_pk" PRIMARY KEY("village_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "deed_months" (
	"village_id" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"rule_version" bigint NOT NULL,
	"given" bigint NOT NULL,
	"deducted" bigint NOT NULL,
	CONSTRAINT "deed_months_village_id_month_rule_id_rule_version_pk" PRIMARY KEY("village_id","month","rule_id","rule_version")
);
--> statement-breakpoint
CREATE TABLE "award_months" (
	"village_id" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"awards" bigint NOT NULL,
	CONSTRAINT "award_months_village_id_month_household_id_pk" PRIMARY KEY("village_id","month","household_id")
);
--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_reversed_once";--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_resolved_once";--> statement-breakpoint
ALTER TABLE "account_months" ADD CONSTRAINT "account_months_account" FOREIGN KEY ("village_id","account_id") REFERENCES "public"."accounts"("village_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_reversed_once" ON "journal" USING btree ("village_id","reverses_number") WHERE "journal"."reverses_number" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_resolved_once" ON "journal" USING btree ("village_id","resolves_number") WHERE "journal"."resolves_number" is not null;--> statement-breakpoint
CREATE INDEX "commands_kept" ON "commands" USING btree ("village_id","route","created_at_ms") WHERE "commands"."status" = 200;--> statement-breakpoint
CREATE INDEX "proposals_open" ON "proposals" USING btree ("village_id","state","proposed_by") WHERE "proposals"."state" not in ('posted', 'withdrawn');--> statement-breakpoint
CREATE INDEX "proposals_with_photos" ON "proposals" USING btree ("village_id","state","proposed_at_ms") WHERE "proposals"."picture_ids" is not null;--> statement-breakpoint
INSERT INTO account_months (village_id, month, account_id, amount)
  SELECT village_id, substr(effective_on, 1, 7), account_id, sum(amount) FROM postings GROUP BY 1, 2, 3;--> statement-breakpoint
INSERT INTO deed_months (village_id, month, rule_id, rule_version, given, deducted)
  SELECT line.village_id, substr(line.effective_on, 1, 7), deed.rule_id, deed.rule_version,
    sum(CASE WHEN line.account_id = 'issued:village:POINT' THEN 0 - line.amount ELSE 0 END),
    sum(CASE WHEN line.account_id = 'deducted:village:POINT' THEN line.amount ELSE 0 END)
  FROM postings line
  JOIN journal entry ON entry.village_id = line.village_id AND entry.number = line.number
  LEFT JOIN journal first ON first.village_id = entry.village_id AND first.number = entry.reverses_number
  JOIN proposals deed ON deed.village_id = line.village_id AND deed.id = substr(coalesce(first.source, entry.source), 10)
  WHERE line.account_id IN ('issued:village:POINT', 'deducted:village:POINT') AND deed.rule_id IS NOT NULL
  GROUP BY 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO rule_uses (village_id, rule_id, uses)
  SELECT village_id, rule_id, count(*) FROM proposals WHERE rule_id IS NOT NULL GROUP BY 1, 2;--> statement-breakpoint
INSERT INTO award_months (village_id, month, household_id, awards)
  SELECT entry.village_id, substr(entry.effective_on, 1, 7), deed.household_id, count(*)
  FROM journal entry
  JOIN proposals deed ON deed.village_id = entry.village_id AND deed.id = substr(entry.source, 10)
  WHERE entry.kind = 'award' AND deed.points > 0 AND NOT EXISTS (
    SELECT 1 FROM journal later WHERE later.village_id = entry.village_id AND later.reverses_number = entry.number)
  GROUP BY 1, 2, 3;
