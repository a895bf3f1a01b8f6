CREATE TABLE "returns" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"redemption_number" bigint NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C",
	"shift_id" text COLLATE "C",
	"actor_id" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"cost_fen" bigint NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"booked_at_ms" bigint NOT NULL,
	"journal_number" bigint NOT NULL,
	CONSTRAINT "returns_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "return_lines" (
	"village_id" text COLLATE "C" NOT NULL,
	"journal_number" bigint NOT NULL,
	"line" bigint NOT NULL,
	"goods_id" text COLLATE "C" NOT NULL,
	"quantity" bigint NOT NULL,
	"cost_fen" bigint NOT NULL,
	CONSTRAINT "return_lines_village_id_journal_number_line_pk" PRIMARY KEY("village_id","journal_number","line")
);
--> statement-breakpoint
CREATE TABLE "print_jobs" (
	"village_id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"redemption_id" text COLLATE "C",
	"asked_at_ms" bigint NOT NULL,
	"outcome" text COLLATE "C",
	CONSTRAINT "print_jobs_village_id_kiosk_id_key_pk" PRIMARY KEY("village_id","kiosk_id","key")
);
--> statement-breakpoint
CREATE INDEX "returns_by_redemption" ON "returns" USING btree ("village_id","redemption_number");--> statement-breakpoint
CREATE INDEX "returns_by_day" ON "returns" USING btree ("village_id","effective_on");--> statement-breakpoint
CREATE INDEX "journal_returns" ON "journal" USING btree ("village_id","source") WHERE "journal"."kind" = 'return';