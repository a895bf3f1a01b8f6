CREATE TABLE `ledger_heads` (
	`village_id` text PRIMARY KEY NOT NULL,
	`book_id` text NOT NULL,
	`number` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`unit` text NOT NULL,
	`floor` integer,
	PRIMARY KEY(`village_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `accounts_by_owner` ON `accounts` (`village_id`,`owner_id`);--> statement-breakpoint
CREATE INDEX `accounts_by_unit` ON `accounts` (`village_id`,`unit`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_id` ON `accounts` (`village_id`,`id`);--> statement-breakpoint
CREATE TABLE `balances` (
	`village_id` text NOT NULL,
	`account_number` integer NOT NULL,
	`balance` integer NOT NULL,
	`floor` integer NOT NULL,
	`effective_through` text NOT NULL,
	PRIMARY KEY(`village_id`, `account_number`),
	FOREIGN KEY (`village_id`,`account_number`) REFERENCES `accounts`(`village_id`,`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `account_months` (
	`village_id` text NOT NULL,
	`month` text NOT NULL,
	`account_number` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`village_id`, `month`, `account_number`),
	FOREIGN KEY (`village_id`,`account_number`) REFERENCES `accounts`(`village_id`,`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`effective_on` text NOT NULL,
	`booked_at_ms` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`input_hash` blob NOT NULL,
	`actor_id` text NOT NULL,
	`source` text,
	`reverses_number` integer,
	`resolves_number` integer,
	`text_commitment` blob,
	`facts_digest` blob,
	`line_count` integer NOT NULL,
	`seal_version` integer NOT NULL,
	`previous_hash` blob NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`village_id`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_reversed_once` ON `journal` (`village_id`,`reverses_number`) WHERE "journal"."reverses_number" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `journal_resolved_once` ON `journal` (`village_id`,`resolves_number`) WHERE "journal"."resolves_number" is not null;--> statement-breakpoint
CREATE INDEX `journal_by_day` ON `journal` (`village_id`,`effective_on`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `journal_idempotency_key` ON `journal` (`village_id`,`idempotency_key`);--> statement-breakpoint
CREATE TABLE `postings` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`line` integer NOT NULL,
	`account_number` integer NOT NULL,
	`amount` integer NOT NULL,
	`balance_after` integer NOT NULL,
	`effective_on` text NOT NULL,
	`effective_through` text NOT NULL,
	PRIMARY KEY(`village_id`, `number`, `line`),
	FOREIGN KEY (`village_id`,`number`) REFERENCES `journal`(`village_id`,`number`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`village_id`,`account_number`) REFERENCES `accounts`(`village_id`,`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `postings_by_account` ON `postings` (`village_id`,`account_number`,`effective_through`,`number`);--> statement-breakpoint
CREATE INDEX `postings_back_dated` ON `postings` (`village_id`,`account_number`,`number`) WHERE "postings"."effective_on" < "postings"."effective_through";--> statement-breakpoint
CREATE TABLE `journal_facts` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`owner_id` text,
	`value` text,
	`salt` text,
	`digest` text NOT NULL,
	PRIMARY KEY(`village_id`, `number`, `name`),
	FOREIGN KEY (`village_id`,`number`) REFERENCES `journal`(`village_id`,`number`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX `journal_facts_by_owner` ON `journal_facts` (`village_id`,`owner_id`,`number`) WHERE "journal_facts"."owner_id" is not null;--> statement-breakpoint
CREATE TABLE `journal_texts` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`body` text,
	`salt` text,
	PRIMARY KEY(`village_id`, `number`),
	FOREIGN KEY (`village_id`,`number`) REFERENCES `journal`(`village_id`,`number`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE TABLE `verifications` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`finished_at_ms` integer NOT NULL,
	`ok` integer NOT NULL,
	`entries` integer NOT NULL,
	`postings` integer NOT NULL,
	`head_number` integer NOT NULL,
	`head_hash` text NOT NULL,
	`bad` text,
	`is_latest` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `verifications_by_time` ON `verifications` (`village_id`,`finished_at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `verifications_latest` ON `verifications` (`village_id`) WHERE "verifications"."is_latest";--> statement-breakpoint
CREATE INDEX `verifications_worst` ON `verifications` (`ok`,`finished_at_ms`) WHERE "verifications"."is_latest";--> statement-breakpoint
CREATE TABLE `villages` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`town` text NOT NULL,
	`is_demo` integer NOT NULL,
	`settings` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `installation` (
	`id` text PRIMARY KEY NOT NULL,
	`village_id` text NOT NULL,
	`set_up_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setup_notes` (
	`village_id` text NOT NULL,
	`step` text NOT NULL,
	`staff_id` text NOT NULL,
	`noted_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `step`)
);
--> statement-breakpoint
CREATE TABLE `households` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`number` text NOT NULL,
	`number_key` text NOT NULL,
	`original_number` text,
	`original_key` text,
	`group_name` text NOT NULL,
	`head` text NOT NULL,
	`head_pinyin` text NOT NULL,
	`size` integer,
	`phone` text,
	`note` text NOT NULL,
	`state` text NOT NULL,
	`pin_hash` text,
	`shows_name` integer,
	`goal_goods_id` text,
	`closed_at_ms` integer,
	`successor_id` text,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`erased_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `households_by_original` ON `households` (`village_id`,`original_key`);--> statement-breakpoint
CREATE INDEX `households_by_group` ON `households` (`village_id`,`group_name`,`number_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `households_number` ON `households` (`village_id`,`number_key`);--> statement-breakpoint
CREATE TABLE `pin_slips` (
	`village_id` text NOT NULL,
	`household_id` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at_ms` integer NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`village_id`, `household_id`)
);
--> statement-breakpoint
CREATE INDEX `pin_slips_by_maker` ON `pin_slips` (`village_id`,`made_by`,`made_at_ms`);--> statement-breakpoint
CREATE TABLE `cards` (
	`village_id` text NOT NULL,
	`code` text NOT NULL,
	`household_id` text NOT NULL,
	`issued_at_ms` integer NOT NULL,
	`revoked_at_ms` integer,
	`printed_at_ms` integer,
	PRIMARY KEY(`village_id`, `code`)
);
--> statement-breakpoint
CREATE INDEX `cards_by_household` ON `cards` (`village_id`,`household_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `cards_one_each` ON `cards` (`village_id`,`household_id`) WHERE "cards"."revoked_at_ms" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `cards_code` ON `cards` (`code`);--> statement-breakpoint
CREATE TABLE `staff` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`username` text NOT NULL,
	`display_name` text NOT NULL,
	`password_hash` text NOT NULL,
	`must_change_password` integer NOT NULL,
	`roles` text NOT NULL,
	`household_ids` text NOT NULL,
	`disabled_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_username` ON `staff` (`username`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`family_id` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`refresh_hash` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`spent_at_ms` integer,
	`revoked_at_ms` integer,
	`device` text,
	`helper` text,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `sessions_by_family` ON `sessions` (`family_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_subject` ON `sessions` (`village_id`,`subject_kind`,`subject_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_refresh` ON `sessions` (`refresh_hash`);--> statement-breakpoint
CREATE TABLE `auth_failures` (
	`village_id` text NOT NULL,
	`subject` text NOT NULL,
	`failures` integer NOT NULL,
	`locked_until_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `subject`)
);
--> statement-breakpoint
CREATE TABLE `commands` (
	`village_id` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`route` text NOT NULL,
	`actor_id` text NOT NULL,
	`input_hash` blob NOT NULL,
	`status` integer NOT NULL,
	`response` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `idempotency_key`)
);
--> statement-breakpoint
CREATE INDEX `commands_kept` ON `commands` (`village_id`,`route`,`created_at_ms`) WHERE "commands"."status" = 200;--> statement-breakpoint
CREATE TABLE `rules` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`position` integer NOT NULL,
	`current_version` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rules_code` ON `rules` (`village_id`,`code`);--> statement-breakpoint
CREATE TABLE `rule_versions` (
	`village_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`version` integer NOT NULL,
	`category` text NOT NULL,
	`title` text NOT NULL,
	`points_mode` text NOT NULL,
	`points` integer,
	`points_min` integer,
	`points_max` integer,
	`per_unit` text,
	`proposer` text NOT NULL,
	`evidence` text NOT NULL,
	`limit_text` text NOT NULL,
	`limit_period` text,
	`limit_times` integer,
	`limit_points` integer,
	`enabled` integer NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `rule_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `rule_uses` (
	`village_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`uses` integer NOT NULL,
	PRIMARY KEY(`village_id`, `rule_id`)
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`batch_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`household_id` text NOT NULL,
	`rule_id` text,
	`rule_version` integer,
	`points` integer NOT NULL,
	`note` text NOT NULL,
	`effective_on` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at_ms` integer NOT NULL,
	`decided_by` text,
	`decided_at_ms` integer,
	`reason` text,
	`journal_number` integer,
	`reverses_number` integer,
	`picture_ids` text,
	`change` text,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `proposals_by_state` ON `proposals` (`village_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `proposals_open` ON `proposals` (`village_id`,`state`,`proposed_by`) WHERE "proposals"."state" not in ('posted', 'withdrawn');--> statement-breakpoint
CREATE INDEX `proposals_by_household` ON `proposals` (`village_id`,`household_id`,`id`);--> statement-breakpoint
CREATE INDEX `proposals_by_batch` ON `proposals` (`village_id`,`batch_id`);--> statement-breakpoint
CREATE INDEX `proposals_by_rule` ON `proposals` (`village_id`,`rule_id`,`household_id`,`effective_on`);--> statement-breakpoint
CREATE INDEX `proposals_by_proposer` ON `proposals` (`village_id`,`proposed_by`,`id`);--> statement-breakpoint
CREATE INDEX `proposals_with_photos` ON `proposals` (`village_id`,`state`,`proposed_at_ms`) WHERE "proposals"."picture_ids" is not null;--> statement-breakpoint
CREATE TABLE `proposal_events` (
	`village_id` text NOT NULL,
	`proposal_id` text NOT NULL,
	`step` integer NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`actor_id` text NOT NULL,
	`reason` text NOT NULL,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `proposal_id`, `step`)
);
--> statement-breakpoint
CREATE TABLE `deed_months` (
	`village_id` text NOT NULL,
	`month` text NOT NULL,
	`rule_id` text NOT NULL,
	`rule_version` integer NOT NULL,
	`given` integer NOT NULL,
	`deducted` integer NOT NULL,
	PRIMARY KEY(`village_id`, `month`, `rule_id`, `rule_version`)
);
--> statement-breakpoint
CREATE TABLE `award_months` (
	`village_id` text NOT NULL,
	`month` text NOT NULL,
	`household_id` text NOT NULL,
	`awards` integer NOT NULL,
	PRIMARY KEY(`village_id`, `month`, `household_id`)
);
--> statement-breakpoint
CREATE TABLE `goods` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`category` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`price` integer NOT NULL,
	`next_price` integer,
	`next_price_from` text,
	`former_price` integer,
	`price_since` text,
	`cost_fen` integer,
	`barcode` text,
	`picture_id` text,
	`chosen_drawing` text,
	`keeps_stock` integer NOT NULL,
	`monthly_limit` integer,
	`enabled` integer NOT NULL,
	`position` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `goods_name` ON `goods` (`village_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `goods_barcode` ON `goods` (`village_id`,`barcode`);--> statement-breakpoint
CREATE TABLE `donations` (
	`village_id` text NOT NULL,
	`journal_number` integer NOT NULL,
	`goods_id` text NOT NULL,
	`donor` text NOT NULL,
	`is_named` integer NOT NULL,
	`effective_on` text NOT NULL,
	PRIMARY KEY(`village_id`, `journal_number`)
);
--> statement-breakpoint
CREATE INDEX `donations_by_day` ON `donations` (`village_id`,`effective_on`);--> statement-breakpoint
CREATE TABLE `kiosks` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`pairing_hash` text,
	`pairing_expires_at_ms` integer,
	`token_hash` text,
	`paired_at_ms` integer,
	`last_seen_at_ms` integer,
	`revoked_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kiosks_pairing` ON `kiosks` (`pairing_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `kiosks_token` ON `kiosks` (`token_hash`);--> statement-breakpoint
CREATE TABLE `volunteers` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`pin_hash` text NOT NULL,
	`disabled_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `volunteers_name` ON `volunteers` (`village_id`,`name`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `shifts_by_kiosk` ON `shifts` (`village_id`,`kiosk_id`,`started_at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `shifts_token` ON `shifts` (`token_hash`);--> statement-breakpoint
CREATE TABLE `redemptions` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`household_id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`volunteer_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`points` integer NOT NULL,
	`cost_fen` integer NOT NULL,
	`effective_on` text NOT NULL,
	`booked_at_ms` integer NOT NULL,
	`journal_number` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `redemptions_by_kiosk` ON `redemptions` (`village_id`,`kiosk_id`,`journal_number`);--> statement-breakpoint
CREATE INDEX `redemptions_by_shift` ON `redemptions` (`village_id`,`shift_id`);--> statement-breakpoint
CREATE INDEX `redemptions_by_day` ON `redemptions` (`village_id`,`effective_on`,`household_id`);--> statement-breakpoint
CREATE TABLE `redemption_lines` (
	`village_id` text NOT NULL,
	`journal_number` integer NOT NULL,
	`line` integer NOT NULL,
	`goods_id` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`quantity` integer NOT NULL,
	`price` integer NOT NULL,
	PRIMARY KEY(`village_id`, `journal_number`, `line`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`filename` text NOT NULL,
	`bytes` blob NOT NULL,
	`options` text NOT NULL,
	`reading` text NOT NULL,
	`state` text NOT NULL,
	`outcome` text,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `import_progress` (
	`village_id` text NOT NULL,
	`import_id` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`effect` text NOT NULL,
	`told_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `import_id`)
);
--> statement-breakpoint
CREATE TABLE `staged_rows` (
	`village_id` text NOT NULL,
	`import_id` text NOT NULL,
	`run` text NOT NULL,
	`place` integer NOT NULL,
	`statement` text NOT NULL,
	`value` text NOT NULL,
	`staged_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `import_id`, `run`, `place`)
);
--> statement-breakpoint
CREATE TABLE `pictures` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`purpose` text NOT NULL,
	`media_type` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`used_at_ms` integer,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `pictures_unused` ON `pictures` (`village_id`,`used_at_ms`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `leases` (
	`id` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`held_until_ms` integer NOT NULL,
	`note` text
);
