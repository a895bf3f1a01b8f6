ALTER TABLE "rule_versions" ADD COLUMN "effective_from" text COLLATE "C" DEFAULT '1970-01-01' NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "decided_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "decided_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "filed_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "withdrawn_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "withdrawn_at_ms" bigint;--> statement-breakpoint
UPDATE "rule_versions" SET "effective_from" = to_char(to_timestamp("changed_at_ms" / 1000.0) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD');
