CREATE TABLE `chores` (
	`id` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`held_until_ms` integer NOT NULL,
	`note` text
);
