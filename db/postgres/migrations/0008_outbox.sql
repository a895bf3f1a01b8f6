CREATE TABLE "outbox_devices" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C" NOT NULL,
	"key_x" text COLLATE "C",
	"key_y" text COLLATE "C",
	"registered_at_ms" bigint NOT NULL,
	"heard_at_ms" bigint NOT NULL,
	"empty_at_ms" bigint,
	"broken_at_ms" bigint,
	"written_off_at_ms" bigint,
	CONSTRAINT "outbox_devices_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "outbox_rows" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"device_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C",
	"household_id" text COLLATE "C",
	"shift_id" text COLLATE "C" NOT NULL,
	"at_ms" bigint NOT NULL,
	"offset_ms" bigint,
	"made_at_ms" bigint NOT NULL,
	"copy_number" bigint,
	"before" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"signature" text COLLATE "C" NOT NULL,
	"done_how" text COLLATE "C" NOT NULL,
	"done_at_ms" bigint,
	"done_entry" bigint,
	"done_signature" text COLLATE "C",
	"carried_by" text COLLATE "C" NOT NULL,
	"received_at_ms" bigint NOT NULL,
	"answer" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C",
	"params" json NOT NULL,
	"marks" json NOT NULL,
	"is_marked" boolean NOT NULL,
	"entry_number" bigint,
	"thing_id" text COLLATE "C",
	"settled_at_ms" bigint,
	"settled_by" text COLLATE "C",
	"remark" text COLLATE "C",
	CONSTRAINT "outbox_rows_village_id_device_id_key_pk" PRIMARY KEY("village_id","device_id","key"),
	CONSTRAINT "outbox_rows_id" UNIQUE("village_id","id")
);
--> statement-breakpoint
CREATE INDEX "outbox_devices_by_kiosk" ON "outbox_devices" USING btree ("village_id","kiosk_id","registered_at_ms");--> statement-breakpoint
CREATE INDEX "outbox_rows_by_number" ON "outbox_rows" USING btree ("village_id","device_id","number");--> statement-breakpoint
CREATE INDEX "outbox_rows_open" ON "outbox_rows" USING btree ("village_id","id") WHERE "outbox_rows"."is_marked" and "outbox_rows"."settled_at_ms" is null;