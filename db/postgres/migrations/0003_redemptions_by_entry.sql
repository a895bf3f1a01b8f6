ALTER TABLE "redemptions" DROP CONSTRAINT "redemptions_entry";--> statement-breakpoint
ALTER TABLE "redemptions" DROP CONSTRAINT "redemptions_village_id_id_pk";--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_village_id_journal_number_pk" PRIMARY KEY("village_id","journal_number");--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_id" UNIQUE("village_id","id");