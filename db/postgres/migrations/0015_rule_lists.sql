ALTER TABLE "rule_versions" ADD COLUMN "options" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "is_private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "is_fit_for_old" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "option" text COLLATE "C";