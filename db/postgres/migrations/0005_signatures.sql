CREATE TABLE "frozen_documents" (
	"village_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"hash" "bytea" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"after_number" bigint NOT NULL,
	"head_number" bigint NOT NULL,
	"frozen_at_ms" bigint NOT NULL,
	CONSTRAINT "frozen_documents_village_id_kind_id_pk" PRIMARY KEY("village_id","kind","id")
);
--> statement-breakpoint
CREATE TABLE "signatures" (
	"village_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"document_id" text COLLATE "C" NOT NULL,
	"hash" "bytea" NOT NULL,
	"signed_by" text COLLATE "C" NOT NULL,
	"roles" json NOT NULL,
	"signed_at_ms" bigint NOT NULL,
	"remark" text COLLATE "C",
	"salt" text COLLATE "C",
	CONSTRAINT "signatures_village_id_id_pk" PRIMARY KEY("village_id","id")
);
--> statement-breakpoint
CREATE INDEX "signatures_by_document" ON "signatures" USING btree ("village_id","kind","document_id");
--> statement-breakpoint
-- What was signed stays as it was. Of a signature the remark alone may be erased.
CREATE FUNCTION signatures_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added a LEFT JOIN frozen_documents d ON d.village_id = a.village_id AND d.kind = a.kind AND d.id = a.document_id
    WHERE d.hash IS DISTINCT FROM a.hash
  ) THEN RAISE EXCEPTION 'signatures: a signature is on the bytes of its document'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION signatures_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM after WHERE remark IS NOT NULL OR salt IS NOT NULL)
    OR EXISTS (
      SELECT village_id, id, kind, document_id, hash, signed_by, roles::text, signed_at_ms FROM before
      EXCEPT SELECT village_id, id, kind, document_id, hash, signed_by, roles::text, signed_at_ms FROM after
    ) THEN RAISE EXCEPTION 'signatures: the remark may only be erased';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER frozen_documents_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_documents FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER signatures_insert AFTER INSERT ON signatures REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION signatures_insert();
--> statement-breakpoint
CREATE TRIGGER signatures_update AFTER UPDATE ON signatures REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION signatures_update();
--> statement-breakpoint
CREATE TRIGGER signatures_kept BEFORE DELETE OR TRUNCATE ON signatures FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
