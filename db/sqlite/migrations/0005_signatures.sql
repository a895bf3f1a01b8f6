CREATE TABLE `frozen_documents` (
	`village_id` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`hash` blob NOT NULL,
	`body` text NOT NULL,
	`after_number` integer NOT NULL,
	`head_number` integer NOT NULL,
	`frozen_at_ms` integer NOT NULL,
	PRIMARY KEY(`village_id`, `kind`, `id`)
);
--> statement-breakpoint
CREATE TABLE `signatures` (
	`village_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`document_id` text NOT NULL,
	`hash` blob NOT NULL,
	`signed_by` text NOT NULL,
	`roles` text NOT NULL,
	`signed_at_ms` integer NOT NULL,
	`remark` text,
	`salt` text,
	PRIMARY KEY(`village_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `signatures_by_document` ON `signatures` (`village_id`,`kind`,`document_id`);
--> statement-breakpoint
-- What was signed stays as it was. Of a signature the remark alone may be erased.
CREATE TRIGGER `frozen_documents_insert` BEFORE INSERT ON `frozen_documents` BEGIN
  SELECT RAISE(ABORT, 'frozen_documents: this document exists') WHERE EXISTS (SELECT 1 FROM frozen_documents WHERE village_id = NEW.village_id AND kind = NEW.kind AND id = NEW.id);
END;
--> statement-breakpoint
CREATE TRIGGER `frozen_documents_update` BEFORE UPDATE ON `frozen_documents` BEGIN SELECT RAISE(ABORT, 'frozen_documents: documents are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `frozen_documents_delete` BEFORE DELETE ON `frozen_documents` BEGIN SELECT RAISE(ABORT, 'frozen_documents: documents are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `signatures_insert` BEFORE INSERT ON `signatures` BEGIN
  SELECT RAISE(ABORT, 'signatures: this signature exists') WHERE EXISTS (SELECT 1 FROM signatures WHERE village_id = NEW.village_id AND id = NEW.id);
  SELECT RAISE(ABORT, 'signatures: a signature is on the bytes of its document') WHERE NOT EXISTS (SELECT 1 FROM frozen_documents WHERE village_id = NEW.village_id AND kind = NEW.kind AND id = NEW.document_id AND hash = NEW.hash);
END;
--> statement-breakpoint
CREATE TRIGGER `signatures_update` BEFORE UPDATE ON `signatures` BEGIN
  SELECT RAISE(ABORT, 'signatures: the remark may only be erased') WHERE NEW.remark IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.village_id IS NOT OLD.village_id OR NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind OR NEW.document_id IS NOT OLD.document_id OR NEW.hash IS NOT OLD.hash OR NEW.signed_by IS NOT OLD.signed_by OR NEW.roles IS NOT OLD.roles OR NEW.signed_at_ms IS NOT OLD.signed_at_ms;
END;
--> statement-breakpoint
CREATE TRIGGER `signatures_delete` BEFORE DELETE ON `signatures` BEGIN SELECT RAISE(ABORT, 'signatures: signatures are never deleted'); END;
