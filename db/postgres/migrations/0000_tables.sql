CREATE TABLE "ledger_heads" (
	"village_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"book_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"village_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"owner_id" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"floor" bigint,
	CONSTRAINT "accounts_village_id_number_pk" PRIMARY KEY("village_id","number"),
	CONSTRAINT "accounts_id" UNIQUE("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "balances" (
	"village_id" text COLLATE "C" NOT NULL,
	"account_number" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"floor" bigint NOT NULL,
	"effective_through" text COLLATE "C" NOT NULL,
	CONSTRAINT "balances_village_id_account_number_pk" PRIMARY KEY("village_id","account_number")
);
--> statement-breakpoint
CREATE TABLE "account_months" (
	"village_id" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"account_number" bigint NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "account_months_village_id_month_account_number_pk" PRIMARY KEY("village_id","month","account_number")
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"village_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"booked_at_ms" bigint NOT NULL,
	"idempotency_key" text COLLATE "C" NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C",
	"reverses_number" bigint,
	"resolves_number" bigint,
	"text_commitment" "bytea",
	"facts_digest" "bytea",
	"line_count" bigint NOT NULL,
	"seal_version" bigint NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "journal_village_id_number_pk" PRIMARY KEY("village_id","number"),
	CONSTRAINT "journal_idempotency_key" UNIQUE("village_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"village_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"line" bigint NOT NULL,
	"account_number" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"effective_through" text COLLATE "C" NOT NULL,
	CONSTRAINT "postings_village_id_number_line_pk" PRIMARY KEY("village_id","number","line")
);
--> statement-breakpoint
CREATE TABLE "journal_facts" (
	"village_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"owner_id" text COLLATE "C",
	"value" text COLLATE "C",
	"salt" text COLLATE "C",
	"digest" text COLLATE "C" NOT NULL,
	CONSTRAINT "journal_facts_village_id_number_name_pk" PRIMARY KEY("village_id","number","name")
);
--> statement-breakpoint
CREATE TABLE "journal_texts" (
	"village_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"body" text COLLATE "C",
	"salt" text COLLATE "C",
	CONSTRAINT "journal_texts_village_id_number_pk" PRIMARY KEY("village_id","number")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"started_at_ms" bigint NOT NULL,
	"finished_at_ms" bigint NOT NULL,
	"ok" boolean NOT NULL,
	"entries" bigint NOT NULL,
	"postings" bigint NOT NULL,
	"head_number" bigint NOT NULL,
	"head_hash" text COLLATE "C" NOT NULL,
	"bad" json,
	"is_latest" boolean DEFAULT false NOT NULL,
	CONSTRAINT "verifications_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "villages" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"town" text COLLATE "C" NOT NULL,
	"is_demo" boolean NOT NULL,
	"settings" json NOT NULL,
	"created_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"village_id" text COLLATE "C" NOT NULL,
	"set_up_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_notes" (
	"village_id" text COLLATE "C" NOT NULL,
	"step" text COLLATE "C" NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"noted_at_ms" bigint NOT NULL,
	CONSTRAINT "setup_notes_village_id_step_pk" PRIMARY KEY("village_id","step")
);
--> statement-breakpoint
CREATE TABLE "households" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"number_key" text COLLATE "C" NOT NULL,
	"original_number" text COLLATE "C",
	"original_key" text COLLATE "C",
	"group_name" text COLLATE "C" NOT NULL,
	"head" text COLLATE "C" NOT NULL,
	"head_pinyin" text COLLATE "C" NOT NULL,
	"size" bigint,
	"phone" text COLLATE "C",
	"note" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"pin_hash" text COLLATE "C",
	"shows_name" boolean,
	"goal_goods_id" text COLLATE "C",
	"closed_at_ms" bigint,
	"successor_id" text COLLATE "C",
	"created_at_ms" bigint NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"erased_at_ms" bigint,
	CONSTRAINT "households_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "households_number" UNIQUE("village_id","number_key")
);
--> statement-breakpoint
CREATE TABLE "pin_slips" (
	"village_id" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"made_at_ms" bigint NOT NULL,
	"sealed" text COLLATE "C" NOT NULL,
	CONSTRAINT "pin_slips_village_id_household_id_pk" PRIMARY KEY("village_id","household_id")
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"village_id" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"issued_at_ms" bigint NOT NULL,
	"revoked_at_ms" bigint,
	"printed_at_ms" bigint,
	CONSTRAINT "cards_village_id_code_pk" PRIMARY KEY("village_id","code"),
	CONSTRAINT "cards_code" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"username" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C" NOT NULL,
	"must_change_password" boolean NOT NULL,
	"roles" json NOT NULL,
	"household_ids" json NOT NULL,
	"disabled_at_ms" bigint,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "staff_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "staff_username" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"family_id" text COLLATE "C" NOT NULL,
	"subject_kind" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"refresh_hash" text COLLATE "C" NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"expires_at_ms" bigint NOT NULL,
	"spent_at_ms" bigint,
	"revoked_at_ms" bigint,
	"device" text COLLATE "C",
	"helper" text COLLATE "C",
	CONSTRAINT "sessions_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "sessions_refresh" UNIQUE("refresh_hash")
);
--> statement-breakpoint
CREATE TABLE "auth_failures" (
	"village_id" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"failures" bigint NOT NULL,
	"locked_until_ms" bigint NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	CONSTRAINT "auth_failures_village_id_subject_pk" PRIMARY KEY("village_id","subject")
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"village_id" text COLLATE "C" NOT NULL,
	"idempotency_key" text COLLATE "C" NOT NULL,
	"route" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"status" bigint NOT NULL,
	"response" json NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "commands_village_id_idempotency_key_pk" PRIMARY KEY("village_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"position" bigint NOT NULL,
	"current_version" bigint NOT NULL,
	CONSTRAINT "rules_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "rules_code" UNIQUE("village_id","code")
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"village_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"points_mode" text COLLATE "C" NOT NULL,
	"points" bigint,
	"points_min" bigint,
	"points_max" bigint,
	"per_unit" text COLLATE "C",
	"proposer" text COLLATE "C" NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"limit_text" text COLLATE "C" NOT NULL,
	"limit_period" text COLLATE "C",
	"limit_times" bigint,
	"limit_points" bigint,
	"enabled" boolean NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	"changed_at_ms" bigint NOT NULL,
	CONSTRAINT "rule_versions_village_id_rule_id_version_pk" PRIMARY KEY("village_id","rule_id","version")
);
--> statement-breakpoint
CREATE TABLE "rule_uses" (
	"village_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"uses" bigint NOT NULL,
	CONSTRAINT "rule_uses_village_id_rule_id_pk" PRIMARY KEY("village_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"batch_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C",
	"rule_version" bigint,
	"points" bigint NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"proposed_at_ms" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at_ms" bigint,
	"reason" text COLLATE "C",
	"journal_number" bigint,
	"reverses_number" bigint,
	"picture_ids" json,
	"change" json,
	CONSTRAINT "proposals_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "proposal_events" (
	"village_id" text COLLATE "C" NOT NULL,
	"proposal_id" text COLLATE "C" NOT NULL,
	"step" bigint NOT NULL,
	"from_state" text COLLATE "C",
	"to_state" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "proposal_events_village_id_proposal_id_step_pk" PRIMARY KEY("village_id","proposal_id","step")
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
CREATE TABLE "goods" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"price" bigint NOT NULL,
	"next_price" bigint,
	"next_price_from" text COLLATE "C",
	"former_price" bigint,
	"price_since" text COLLATE "C",
	"cost_fen" bigint,
	"barcode" text COLLATE "C",
	"picture_id" text COLLATE "C",
	"chosen_drawing" text COLLATE "C",
	"keeps_stock" boolean NOT NULL,
	"monthly_limit" bigint,
	"enabled" boolean NOT NULL,
	"position" bigint NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "goods_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "goods_name" UNIQUE("village_id","name"),
	CONSTRAINT "goods_barcode" UNIQUE("village_id","barcode")
);
--> statement-breakpoint
CREATE TABLE "donations" (
	"village_id" text COLLATE "C" NOT NULL,
	"journal_number" bigint NOT NULL,
	"goods_id" text COLLATE "C" NOT NULL,
	"donor" text COLLATE "C" NOT NULL,
	"is_named" boolean NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "donations_village_id_journal_number_pk" PRIMARY KEY("village_id","journal_number")
);
--> statement-breakpoint
CREATE TABLE "kiosks" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"pairing_hash" text COLLATE "C",
	"pairing_expires_at_ms" bigint,
	"token_hash" text COLLATE "C",
	"paired_at_ms" bigint,
	"last_seen_at_ms" bigint,
	"revoked_at_ms" bigint,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "kiosks_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "kiosks_pairing" UNIQUE("pairing_hash"),
	CONSTRAINT "kiosks_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "volunteers" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"pin_hash" text COLLATE "C" NOT NULL,
	"disabled_at_ms" bigint,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "volunteers_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "volunteers_name" UNIQUE("village_id","name")
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"started_at_ms" bigint NOT NULL,
	"ended_at_ms" bigint,
	CONSTRAINT "shifts_village_id_id_pk" PRIMARY KEY("village_id","id"),
	CONSTRAINT "shifts_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "redemptions" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"household_id" text COLLATE "C" NOT NULL,
	"kiosk_id" text COLLATE "C" NOT NULL,
	"volunteer_id" text COLLATE "C" NOT NULL,
	"shift_id" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"cost_fen" bigint NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"booked_at_ms" bigint NOT NULL,
	"journal_number" bigint NOT NULL,
	CONSTRAINT "redemptions_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "redemption_lines" (
	"village_id" text COLLATE "C" NOT NULL,
	"journal_number" bigint NOT NULL,
	"line" bigint NOT NULL,
	"goods_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"quantity" bigint NOT NULL,
	"price" bigint NOT NULL,
	CONSTRAINT "redemption_lines_village_id_journal_number_line_pk" PRIMARY KEY("village_id","journal_number","line")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"filename" text COLLATE "C" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"options" json NOT NULL,
	"reading" json NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"outcome" json,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "imports_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "import_progress" (
	"village_id" text COLLATE "C" NOT NULL,
	"import_id" text COLLATE "C" NOT NULL,
	"done" bigint NOT NULL,
	"total" bigint NOT NULL,
	"effect" json NOT NULL,
	"told_at_ms" bigint NOT NULL,
	CONSTRAINT "import_progress_village_id_import_id_pk" PRIMARY KEY("village_id","import_id")
);
--> statement-breakpoint
CREATE TABLE "staged_rows" (
	"village_id" text COLLATE "C" NOT NULL,
	"import_id" text COLLATE "C" NOT NULL,
	"run" text COLLATE "C" NOT NULL,
	"place" bigint NOT NULL,
	"statement" text COLLATE "C" NOT NULL,
	"value" json NOT NULL,
	"staged_at_ms" bigint NOT NULL,
	CONSTRAINT "staged_rows_village_id_import_id_run_place_pk" PRIMARY KEY("village_id","import_id","run","place")
);
--> statement-breakpoint
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
	"used_at_ms" bigint,
	CONSTRAINT "pictures_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"holder" text COLLATE "C" NOT NULL,
	"held_until_ms" bigint NOT NULL,
	"note" json
);
--> statement-breakpoint
ALTER TABLE "balances" ADD CONSTRAINT "balances_village_id_account_number_accounts_village_id_number_fk" FOREIGN KEY ("village_id","account_number") REFERENCES "public"."accounts"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_months" ADD CONSTRAINT "account_months_account" FOREIGN KEY ("village_id","account_number") REFERENCES "public"."accounts"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_entry" FOREIGN KEY ("village_id","number") REFERENCES "public"."journal"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_account" FOREIGN KEY ("village_id","account_number") REFERENCES "public"."accounts"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_facts" ADD CONSTRAINT "journal_facts_entry" FOREIGN KEY ("village_id","number") REFERENCES "public"."journal"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_texts" ADD CONSTRAINT "journal_texts_entry" FOREIGN KEY ("village_id","number") REFERENCES "public"."journal"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_by_owner" ON "accounts" USING btree ("village_id","owner_id");--> statement-breakpoint
CREATE INDEX "accounts_by_unit" ON "accounts" USING btree ("village_id","unit","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_reversed_once" ON "journal" USING btree ("village_id","reverses_number") WHERE "journal"."reverses_number" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_resolved_once" ON "journal" USING btree ("village_id","resolves_number") WHERE "journal"."resolves_number" is not null;--> statement-breakpoint
CREATE INDEX "journal_by_day" ON "journal" USING btree ("village_id","effective_on","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "postings_by_account" ON "postings" USING btree ("village_id","account_number","effective_through","number");--> statement-breakpoint
CREATE INDEX "postings_back_dated" ON "postings" USING btree ("village_id","account_number","number") WHERE "postings"."effective_on" < "postings"."effective_through";--> statement-breakpoint
CREATE INDEX "journal_facts_by_owner" ON "journal_facts" USING btree ("village_id","owner_id","number") WHERE "journal_facts"."owner_id" is not null;--> statement-breakpoint
CREATE INDEX "verifications_by_time" ON "verifications" USING btree ("village_id","finished_at_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "verifications_latest" ON "verifications" USING btree ("village_id") WHERE "verifications"."is_latest";--> statement-breakpoint
CREATE INDEX "verifications_worst" ON "verifications" USING btree ("ok","finished_at_ms") WHERE "verifications"."is_latest";--> statement-breakpoint
CREATE INDEX "households_by_original" ON "households" USING btree ("village_id","original_key");--> statement-breakpoint
CREATE INDEX "households_by_group" ON "households" USING btree ("village_id","group_name","number_key");--> statement-breakpoint
CREATE INDEX "pin_slips_by_maker" ON "pin_slips" USING btree ("village_id","made_by","made_at_ms");--> statement-breakpoint
CREATE INDEX "cards_by_household" ON "cards" USING btree ("village_id","household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cards_one_each" ON "cards" USING btree ("village_id","household_id") WHERE "cards"."revoked_at_ms" is null;--> statement-breakpoint
CREATE INDEX "sessions_by_family" ON "sessions" USING btree ("family_id");--> statement-breakpoint
CREATE INDEX "sessions_by_subject" ON "sessions" USING btree ("village_id","subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "commands_kept" ON "commands" USING btree ("village_id","route","created_at_ms") WHERE "commands"."status" = 200;--> statement-breakpoint
CREATE INDEX "proposals_by_state" ON "proposals" USING btree ("village_id","state","id");--> statement-breakpoint
CREATE INDEX "proposals_open" ON "proposals" USING btree ("village_id","state","proposed_by") WHERE "proposals"."state" not in ('posted', 'withdrawn');--> statement-breakpoint
CREATE INDEX "proposals_by_household" ON "proposals" USING btree ("village_id","household_id","id");--> statement-breakpoint
CREATE INDEX "proposals_by_batch" ON "proposals" USING btree ("village_id","batch_id");--> statement-breakpoint
CREATE INDEX "proposals_by_rule" ON "proposals" USING btree ("village_id","rule_id","household_id","effective_on");--> statement-breakpoint
CREATE INDEX "proposals_by_proposer" ON "proposals" USING btree ("village_id","proposed_by","id");--> statement-breakpoint
CREATE INDEX "proposals_with_photos" ON "proposals" USING btree ("village_id","state","proposed_at_ms") WHERE "proposals"."picture_ids" is not null;--> statement-breakpoint
CREATE INDEX "donations_by_day" ON "donations" USING btree ("village_id","effective_on");--> statement-breakpoint
CREATE INDEX "shifts_by_kiosk" ON "shifts" USING btree ("village_id","kiosk_id","started_at_ms");--> statement-breakpoint
CREATE INDEX "redemptions_by_kiosk" ON "redemptions" USING btree ("village_id","kiosk_id","journal_number");--> statement-breakpoint
CREATE INDEX "redemptions_by_shift" ON "redemptions" USING btree ("village_id","shift_id");--> statement-breakpoint
CREATE INDEX "redemptions_by_day" ON "redemptions" USING btree ("village_id","effective_on","household_id");--> statement-breakpoint
CREATE INDEX "pictures_unused" ON "pictures" USING btree ("village_id","used_at_ms","created_at_ms");