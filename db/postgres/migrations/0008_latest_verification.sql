ALTER TABLE "verifications" ADD COLUMN "is_latest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "verifications" SET "is_latest" = true WHERE "id" = (
	SELECT "other"."id" FROM "verifications" AS "other"
	WHERE "other"."village_id" = "verifications"."village_id"
	ORDER BY "other"."finished_at_ms" DESC, "other"."id" DESC LIMIT 1
);--> statement-breakpoint
CREATE UNIQUE INDEX "verifications_latest" ON "verifications" USING btree ("village_id") WHERE "verifications"."is_latest";--> statement-breakpoint
CREATE INDEX "verifications_worst" ON "verifications" USING btree ("ok","finished_at_ms") WHERE "verifications"."is_latest";