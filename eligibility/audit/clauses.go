package audit

import (
	"sync"

	"github.com/qualify-rules/qualify/eligibility"
)

// clause is a rule of a post with its place in the tree.
type clause struct {
	number   int
	path, id string
	title    string
	cite     []string         // its own, else that of the rule around it
	any      bool             // the children are alternatives
	within   bool             // it lies below alternatives
	own      bool             // of the vacancy
	users    map[*clause]bool // of a rule at the top: those that may read it
	children []*clause
}

// tree is every rule of a post that the stage looks at, of its policy before
// its own.
type tree struct {
	key             treeKey
	policy, version string
	vacancy         string // of which the rules of its own are
	top             []*clause
	all             []*clause // those of groups before those of their children
}

func newTree(post *eligibility.Post, stage eligibility.Stage) *tree {
	t := &tree{policy: post.Policy().Name(), version: post.Policy().Version()}
	t.top = t.add(post.Policy().Rules(), nil, stage)
	policy := len(t.all)
	t.vacancy = post.Vacancy().Reference
	t.top = append(t.top, t.add(post.Vacancy().Rules, nil, stage)...)
	for _, c := range t.all[policy:] {
		c.own = true
	}
	byID := make(map[string]*clause)
	for _, c := range t.top {
		byID[c.id] = c
	}
	for _, c := range t.top {
		c.users = make(map[*clause]bool)
		for _, id := range post.UsedBy(c.id) {
			if user := byID[id]; user != nil {
				c.users[user] = true
			}
		}
	}
	return t
}

func (t *tree) add(rules []eligibility.Rule, parent *clause, stage eligibility.Stage) []*clause {
	var added []*clause
	for _, r := range rules {
		if r.Stage.After(stage) {
			continue
		}
		c := &clause{number: len(t.all), path: r.ID, id: r.ID, title: r.Title, cite: r.Cite, any: len(r.AnyOf) > 0}
		t.all = append(t.all, c)
		if parent != nil {
			c.path, c.within = parent.path+"/"+r.ID, parent.any || parent.within
			if len(c.cite) == 0 {
				c.cite = parent.cite
			}
		}
		c.children = append(t.add(r.AnyOf, c, stage), t.add(r.AllOf, c, stage)...)
		added = append(added, c)
	}
	return added
}

// each calls visit for every rule that has a finding, top down; below a rule
// for which it returns false it does not look.
func each(clauses []*clause, findings []eligibility.Finding, visit func(*clause, *eligibility.Finding) bool) {
	i := 0
	for _, c := range clauses {
		// Findings are in the order of the rules.
		if i < len(findings) && findings[i].ID == c.id {
			if f := &findings[i]; visit(c, f) {
				each(c.children, f.Findings, visit)
			}
			i++
		}
	}
}

// trees remembers the trees of posts. Posts without rules of their own share
// that of their policy.
type trees struct {
	mu      sync.Mutex
	ofRules map[*eligibility.Policy]*tree
	ofPosts map[treeKey]*tree
}

// treeKey tells trees apart, without keeping a post in memory.
type treeKey struct {
	policy  *eligibility.Policy
	vacancy string // the hash of one with rules of its own
}

// maxTrees bounds how many trees of vacancies with rules of their own are
// remembered.
const maxTrees = 64

// of returns the tree of a post, whose vacancy has that hash.
func (t *trees) of(post *eligibility.Post, sha256 string, stage eligibility.Stage) *tree {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := len(post.Vacancy().Rules) > 0
	key := treeKey{policy: post.Policy()}
	found := t.ofRules[key.policy]
	if own {
		key.vacancy = sha256
		found = t.ofPosts[key]
	}
	if found != nil {
		return found
	}
	found = newTree(post, stage)
	found.key = key
	if !own {
		if t.ofRules == nil {
			t.ofRules = make(map[*eligibility.Policy]*tree)
		}
		t.ofRules[key.policy] = found
		return found
	}
	if t.ofPosts == nil || len(t.ofPosts) >= maxTrees {
		t.ofPosts = make(map[treeKey]*tree)
	}
	t.ofPosts[key] = found
	return found
}
