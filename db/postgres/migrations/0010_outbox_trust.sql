ALTER TABLE "shifts" ADD COLUMN "by_device" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox_devices" ADD COLUMN "confirmed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "outbox_devices" ADD COLUMN "confirmed_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "outbox_devices" ADD COLUMN "clock_offset_ms" bigint;--> statement-breakpoint
ALTER TABLE "outbox_devices" ADD COLUMN "alarmed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "outbox_rows" ADD COLUMN "is_self_told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox_rows" ADD COLUMN "amount" bigint;--> statement-breakpoint
CREATE INDEX "outbox_rows_declined" ON "outbox_rows" USING btree ("village_id","device_id","received_at_ms") WHERE "outbox_rows"."answer" = 'declined';--> statement-breakpoint
CREATE INDEX "outbox_rows_here" ON "outbox_rows" USING btree ("village_id","device_id","received_at_ms") WHERE "outbox_rows"."done_how" = 'here';