package policytest

import (
	"maps"
	"slices"
)

// recordLists are the lists whose records may be named by their ids.
var recordLists = []string{"qualifications", "ranks", "employments", "contracts", "credentials", "missions"}

// merge applies what a case states to what it departs from, and changes
// neither: as a JSON Merge Patch (RFC 7396), in which null takes a value away
// and a list takes the place of the whole list. A list of records may be
// changed by a mapping from ids, record by record.
func merge(target, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := make(map[string]any)
	if m, ok := target.(map[string]any); ok {
		maps.Copy(merged, m)
	}
	for key, change := range changes {
		byID, isMapping := change.(map[string]any)
		switch {
		case change == nil:
			delete(merged, key)
		case isMapping && slices.Contains(recordLists, key):
			list, _ := merged[key].([]any)
			merged[key] = mergeRecords(list, byID)
		default:
			merged[key] = merge(merged[key], change)
		}
	}
	return merged
}

// withoutStrangers leaves out of a case the judgements of relevance that it has
// from its base, of records that it has not.
func withoutStrangers(whole, own map[string]any) map[string]any {
	at := []step{"application", "relevance"}
	inherited, _ := draft(whole).value(at).(map[string]any)
	stated, _ := draft(own).value(at).(map[string]any)
	out := draft(whole)
	for id := range inherited {
		if _, ok := stated[id]; !ok && out.recordWith("qualifications", id) == nil && out.recordWith("employments", id) == nil {
			out = out.with(append(at, id), nil)
		}
	}
	return out
}

// mergeRecords changes the records of a list by their ids; new ones come after
// the others, in the order of their ids.
func mergeRecords(list []any, byID map[string]any) []any {
	out := make([]any, 0, len(list)+len(byID))
	known := make(map[string]bool)
	for _, record := range list {
		m, _ := record.(map[string]any)
		id, _ := m["id"].(string)
		known[id] = true
		change, changed := byID[id]
		switch {
		case changed && change == nil:
		case changed:
			out = append(out, merge(record, change))
		default:
			out = append(out, record)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		if !known[id] && byID[id] != nil {
			out = append(out, merge(map[string]any{"id": id}, byID[id]))
		}
	}
	return out
}
