CREATE TABLE "print_jobs" (
	"village_id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"redemption_id" text COLLATE "C",
	"asked_at_ms" bigint NOT NULL,
	"outcome" text COLLATE "C",
	CONSTRAINT "print_jobs_village_id_kiosk_id_key_pk" PRIMARY KEY("village_id","kiosk_id","key")
);
