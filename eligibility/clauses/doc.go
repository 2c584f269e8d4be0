// Package clauses accounts for every sentence of a notice without holding its
// text, and finds what is new, gone or changed in another edition of it.
//
// An account lists the clauses of a notice in their order. Each has a locator, a
// paraphrase, what it is bound to (rules, judgements, or nothing, with a word
// why), and of the original sentence only the hash, the length and a fingerprint
// by which a changed sentence is recognised.
//
// # Normalised text
//
// A sentence is hashed as it reads, not as it is set. From the text are taken
// away, in this order:
//
//   - page numbers: Page 12 of 57 wherever it stands; Page 12 and p. 12 on a line
//     of its own between empty ones; 12 and 12 of 57 there too, and - 12 - on any
//     line of its own, where there are several written so and each is one more than
//     the one before; 12/57 at the edge of a line, where there are several of 57
//     that grow while the rest of their lines is the same, or one of ten or more by
//     itself after the end of a sentence. Every other number is hashed;
//   - the signs that begin the items of a list: • · ∙ ● ▪ ◦ ‣ ⁃ ➢, signs of private
//     use, and a single o; at the beginning of a line any symbol, such as ■ or ✓,
//     an arrow, and a single asterisk or ». Boxes to be ticked, other symbols and
//     other asterisks are hashed;
//   - soft hyphens and other signs of no width;
//   - hyphens and dashes, but for one between two digits, and all white space.
//
// Quotation marks and apostrophes of every form become straight, ligatures the
// letters that they join, and letters with accents one sign (NFC). Letters keep
// their case and everything else stays. So lines may be broken anywhere, at a
// hyphen too, while a word, a number or a comma more or less gives another hash:
// all that does not is a blank or a hyphen between two words. The hash is the
// SHA-256 of the UTF-8 that is left, in hexadecimal; the length is its number of
// bytes.
//
// The header of a page is no part of a clause that it cuts in two. It is one or
// more whole lines of two words or more, set off from the text, that stand beside
// every page number or every second one; or three times or more, pages apart, with
// a number that grows by one. Of five places one may be missing. Anything else
// that stands within a clause has changed it: a header too many is reported rather
// than a word too few. What was left out is returned with the differences.
//
// The fingerprint has 32 bytes in hexadecimal: for each of 32 hash functions the
// lowest byte of the smallest hash of the text's runs of four characters
// (MinHash). The share of bytes that two fingerprints have in common estimates
// how much of their texts is the same.
package clauses
