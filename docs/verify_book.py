#!/usr/bin/env python3
"""Verifies a book exported with `jishan export --format journal`, knowing nothing but docs/seal.md.

    python3 verify_book.py BOOK.jsonl
"""
import hashlib
import json
import sys
from collections import defaultdict


def digest(fields):
    parts = ["~" if f is None else f"{len(str(f).encode())}:{f}," for f in fields]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def check(condition, number, what):
    if not condition:
        sys.exit(f"entry {number}: {what}")


def check_facts(e, number):
    facts = e.get("facts", [])
    names = [fact["name"] for fact in facts]
    check(names == sorted(set(names)), number, "the facts are not sorted by name")
    for fact in facts:
        owner, value, salt = fact["ownerId"], fact["value"], fact["salt"]
        if owner is None:
            check(value is not None and salt is None, number, f"fact {fact['name']} has no owner and cannot be erased")
        if (value, salt) != (None, None):
            found = digest(["jishan.fact.2", salt, fact["name"], owner, value])
            check(found == fact["digest"], number, f"fact {fact['name']} is not the one of its digest")
    listed = [field for fact in facts for field in (fact["name"], fact["ownerId"], fact["digest"])]
    found = digest(["jishan.facts.2", *listed]) if facts else None
    check(found == e.get("factsDigest"), number, "not the facts that were sealed")


def main(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        book = json.loads(file.readline())
        check(book["format"] == "jishan.journal" and book["version"] in (1, 2), 0, "not a journal of version 1 or 2")
        number, previous = 0, digest(["jishan.book.1", book["bookId"]])
        balances, through = defaultdict(int), defaultdict(str)
        for row in file:
            e, sums, fields = json.loads(row), defaultdict(int), []
            number += 1
            check(e["number"] == number, number, "a number is left out")
            check(e["previousHash"] == previous, number, "not the hash of the entry before")
            for index, line in enumerate(e["lines"]):
                account, amount = line["accountId"], line["amount"]
                sums[line["unit"]] += amount
                balances[account] += amount
                through[account] = max(through[account], e["effectiveOn"])
                check(account.split(":")[2] == line["unit"], number, "not the account's unit")
                check(balances[account] == line["balanceAfter"], number, "the balance is wrong")
                check(through[account] == line["effectiveThrough"], number, "the latest day is wrong")
                fields += [index, account, line["unit"], amount, balances[account], e["effectiveOn"], through[account]]
            check(not any(sums.values()), number, "the entry does not balance")
            version = e["sealVersion"]
            check(version in (1, 2), number, "an unknown seal version")
            is_act = version > 1 and (e["kind"] == "act" or e["kind"].startswith("act_"))
            check(len(e["lines"]) == 0 if is_act else len(e["lines"]) > 1, number, "acts alone have no lines")
            sealed = ["previousHash", "number", "kind", "effectiveOn", "bookedAtMs", "idempotencyKey", "inputHash",
                      "actorId", "source", "reversesNumber", "resolvesNumber", "textCommitment"]
            header = [f"jishan.seal.{version}", book["bookId"], *(e[name] for name in sealed)]
            header += [e["factsDigest"]] if version > 1 else []
            check(digest(header + [len(e["lines"])] + fields) == e["hash"], number, "the seal is broken")
            check(version > 1 or e.get("factsDigest") is None, number, "version 1 seals no facts")
            check_facts(e, number)
            text = e["text"]
            check((text is None) == (e["textCommitment"] is None), number, "text and commitment do not go together")
            if text and (text["body"], text["salt"]) != (None, None):
                found = digest(["jishan.text.1", text["salt"], text["body"]])
                check(found == e["textCommitment"], number, "not the text that was committed to")
            previous = e["hash"]
        check(book["head"] == {"number": number, "hash": previous}, number, "the book does not end here")
    print(f"ok: {number} entries, head {previous}")


if __name__ == "__main__":
    main(sys.argv[1])
