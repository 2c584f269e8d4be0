package eligibility

// findings builds the tree of findings: without words only what was decided.
func (ev *evaluation) findings(results []*result, w *wording) ([]Finding, error) {
	out := make([]Finding, 0, len(results))
	for _, r := range results {
		if r == nil {
			continue
		}
		f := Finding{ID: r.id, Status: r.status}
		if r.status == Met {
			f.On = r.value.onset.On()
		}
		if len(r.children) > 0 {
			var err error
			if f.Findings, err = ev.findings(r.children, w); err != nil {
				return nil, err
			}
		}
		if w != nil {
			if err := w.explain(r, &f); err != nil {
				return nil, err
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func (w *wording) explain(r *result, f *Finding) (err error) {
	ev := w.ev
	f.Title = w.title(r)
	f.AnyOf = r.rule.any && len(r.children) > 0
	f.Cite = r.rule.cite
	if r.status == NotApplicable {
		f.Reason = w.reason(r, f)
		return nil
	}
	f.Missing = ev.pointers(r.missing)
	if e := r.value.evidence; e.service != nil {
		measured := e.measured
		if e.need.IsValid() {
			measured = e.service.counting.Measure(e.service.records)
			r.value.evidence.measured = measured
		}
		f.Have, f.Need, f.Limit = measured.Low.Period(), e.need, e.limit
		if measured.High != measured.Low {
			f.HaveAtMost = measured.High.Period()
		}
		if e.need.IsValid() && r.status == Unmet && measured.Low.Compare(e.need) < 0 {
			f.Short = measured.Low.Short(e.need)
		}
		f.By = ev.pointers(e.service.by())
	}
	if f.By == nil {
		f.By = ev.pointers(r.value.by)
	}
	if r.status == Unmet {
		f.ProjectedOn, _ = r.turns()
	}
	f.Reason = w.reason(r, f)
	w.branch(f)
	if w.ledgers {
		f.Ledger, f.Ledgers, err = ev.ledgers(r)
	}
	return err
}
