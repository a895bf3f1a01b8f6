ALTER TABLE "rule_versions" ADD COLUMN "caps" json DEFAULT '[]' NOT NULL;--> statement-breakpoint
UPDATE "rule_versions" SET "caps" = json_build_array(json_build_object('period', "limit_period", 'scope', 'household', 'times', "limit_times", 'points', "limit_points")) WHERE "limit_period" IS NOT NULL AND ("limit_times" IS NOT NULL OR "limit_points" IS NOT NULL);--> statement-breakpoint
ALTER TABLE "rule_versions" ALTER COLUMN "caps" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "member" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "event" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "rule_versions" DROP COLUMN "limit_period";--> statement-breakpoint
ALTER TABLE "rule_versions" DROP COLUMN "limit_times";--> statement-breakpoint
ALTER TABLE "rule_versions" DROP COLUMN "limit_points";
