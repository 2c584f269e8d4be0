// Package policytest tests a policy before it is published: by cases with what
// is expected of them, by what of the policy the cases reach, by errors put
// into it that the cases must notice, by people on either side of every
// threshold, by who changes sides from one version to the next, and by what
// may never hurt a candidate.
//
//	func TestPolicy(t *testing.T) {
//		policy, err := eligibility.LoadPolicyFile("policy.yaml")
//		require.NoError(t, err)
//		policytest.Run(t, policy, os.DirFS("suite"))
//	}
//
// The program examples/policychange does the same without Go; doc/testing.md
// explains both, and how a case is written.
package policytest
