CREATE TABLE "pictures" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"media_type" text COLLATE "C" NOT NULL,
	"width" bigint NOT NULL,
	"height" bigint NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "pictures_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "printed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "goods" ADD COLUMN "picture_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "shows_name" boolean;--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "goal_goods_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "closed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "households" ADD COLUMN "successor_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "picture_ids" json;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "change" json;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "helper" text COLLATE "C";