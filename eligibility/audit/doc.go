// Package audit audits past selections as a stream of decisions.
package audit
