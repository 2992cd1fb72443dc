#!/usr/bin/env bash
# Starts the emulator in the cluster of the current context, runs the tests there as a job, and fails where they do.
set -euo pipefail
cd "$(dirname "$0")"

kubectl apply -f oneuc.yaml
kubectl rollout status deployment/oneuc --timeout=120s

kubectl create configmap oneuc-tests --from-file=../curl-bash --dry-run=client -o yaml | kubectl apply -f -
kubectl delete job oneuc-tests --ignore-not-found
kubectl apply -f test-job.yaml
# The log can be followed once the container runs.
for _ in $(seq 120); do
  if kubectl logs --follow job/oneuc-tests; then break; fi
  sleep 1
done
kubectl wait job/oneuc-tests --for=condition=complete --timeout=30s
