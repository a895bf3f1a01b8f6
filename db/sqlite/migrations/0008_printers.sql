CREATE TABLE `print_jobs` (
	`village_id` text NOT NULL,
	`kiosk_id` text NOT NULL,
	`key` text NOT NULL,
	`redemption_id` text,
	`asked_at_ms` integer NOT NULL,
	`outcome` text,
	PRIMARY KEY(`village_id`, `kiosk_id`, `key`)
);
