CREATE TABLE "chores" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"holder" text COLLATE "C" NOT NULL,
	"held_until_ms" bigint NOT NULL,
	"note" json
);
