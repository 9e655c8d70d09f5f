// notary checks what pgretain wrote with other people's code: Go's packages for signed notes and
// transparent logs.
//
//	notary VKEY CHECKPOINTS PROOF GROWTH FILE...
//
// The files are the log's, oldest first. Every head must be signed and be the head of the log's
// first lines; each must be consistent with the one before; random records must be included. PROOF
// and GROWTH are proofs that pgretain made.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "notary: %s: %v\n", what, err)
		os.Exit(1)
	}
}

func fail(format string, args ...interface{}) {
	check(fmt.Errorf(format, args...), "does not hold")
}

type head struct {
	size int64
	root tlog.Hash
}

func hash(text string) (h tlog.Hash) {
	b, err := base64.StdEncoding.DecodeString(text)
	check(err, "base64")
	if copy(h[:], b) != len(h) || len(b) != len(h) {
		fail("hash of %d bytes", len(b))
	}
	return h
}

func openHead(text, vkey string) head {
	verifier, err := note.NewVerifier(vkey)
	check(err, "key")
	n, err := note.Open([]byte(text), note.VerifierList(verifier))
	check(err, "note")
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("head %q", n.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, "size")
	return head{size, hash(lines[2])}
}

// Each head is three lines, an empty one, and a signature.
func readHeads(file, vkey string) (heads []head) {
	text, err := os.ReadFile(file)
	check(err, "heads")
	lines := strings.SplitAfter(string(text), "\n")
	for i := 0; i+5 <= len(lines); i += 5 {
		heads = append(heads, openHead(strings.Join(lines[i:i+5], ""), vkey))
	}
	return heads
}

func readLog(files []string) (records [][]byte) {
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err, "log")
		records = append(records, bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))...)
	}
	return records
}

// The hashes of a proof, and the head behind them.
func readProof(file string, first int, vkey string) (fields []string, proof []tlog.Hash, h head) {
	text, err := os.ReadFile(file)
	check(err, "proof")
	parts := strings.SplitN(string(text), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	for _, line := range lines[first:] {
		proof = append(proof, hash(line))
	}
	return lines[:first], proof, openHead(parts[1], vkey)
}

func number(line, word string) int64 {
	n, err := strconv.ParseInt(strings.TrimPrefix(line, word+" "), 10, 64)
	check(err, word)
	return n
}

func main() {
	vkey := os.Args[1]
	heads := readHeads(os.Args[2], vkey)
	records := readLog(os.Args[5:])
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = stored[index]
		}
		return out, nil
	})
	for i, record := range records {
		hashes, err := tlog.StoredHashes(int64(i), record, reader)
		check(err, "hashes")
		stored = append(stored, hashes...)
	}
	if len(heads) < 2 {
		fail("%d heads", len(heads))
	}
	for i, h := range heads {
		root, err := tlog.TreeHash(h.size, reader)
		check(err, "tree")
		if root != h.root {
			fail("head of %d records", h.size)
		}
		if i > 0 {
			proof, err := tlog.ProveTree(h.size, heads[i-1].size, reader)
			check(err, "tree proof")
			check(tlog.CheckTree(proof, h.size, h.root, heads[i-1].size, heads[i-1].root), "consistency")
		}
		n := rand.Int63n(h.size)
		proof, err := tlog.ProveRecord(h.size, n, reader)
		check(err, "record proof")
		check(tlog.CheckRecord(proof, h.size, h.root, n, tlog.RecordHash(records[n])), "inclusion")
	}

	fields, proof, h := readProof(os.Args[3], 3, vkey)
	line, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(fields[1], "extra "))
	check(err, "extra")
	index := number(fields[2], "index")
	if fields[0] != "c2sp.org/tlog-proof@v1" || !bytes.Equal(line, records[index]) {
		fail("proof of another record")
	}
	check(tlog.CheckRecord(proof, h.size, h.root, index, tlog.RecordHash(line)), "our proof")

	fields, proof, h = readProof(os.Args[4], 1, vkey)
	old := number(fields[0], "old")
	for _, older := range heads {
		if older.size == old {
			check(tlog.CheckTree(proof, h.size, h.root, old, older.root), "our growth")
			fmt.Printf("%d heads, %d records\n", len(heads), len(records))
			return
		}
	}
	fail("growth from no head")
}
