# Everything goes through scripts/run, which finds a Python and keeps the virtual environments in .local/.
.DEFAULT_GOAL := help
.PHONY: help purge audit backup restore invite replay up down forget test faults check bench bench-tools package plan deploy reproject recount site screens simulate
export ARCHIVE CITY COMPANY WORKERS PORT PYTHON CI STAGE REGION HOST CERTIFICATE ADMIN PROVINCE ISSUERS WAF ALARMS MAIL
export TO FROM COPIES KEYS STACK INVITE KILLS SEED SECOND_FACTOR
PORT ?= 4566

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
up: ## Bring the demo city to life on this machine, or back to life (PORT=4566)
	@scripts/run up
down: ## Stop it; its data is kept
	@scripts/run down
forget: ## Stop it and forget its data; the next up starts anew
	@scripts/run down --forget
test: ## Install what the tests need and run them all (ARGS=... is passed to pytest)
	@scripts/run test $(ARGS)
faults: ## Make everything fail, and kill the functions at random at length (KILLS=100, SEED=)
	@KILLS=$${KILLS:-100} scripts/run test tests/faults -s
check: ## Style, types and the template; changes nothing
	@scripts/run check
bench: ## Measure the check and the sweep beside their targets, into .local/bench.json (ARGS="--rounds 3")
	@scripts/run python -m bench $(ARGS)
bench-tools: ## Fetch what the benchmarks measure with and against, into .local/
	@scripts/run bench_tools
package: ## Build what would be deployed, into build/
	@scripts/run package
recount: ## Count the figures of the dashboard anew from the archives: all, or of CITY= (of an account: STAGE= REGION=)
	@scripts/run recount
site: ## Build the site and upload it to the local city
	@scripts/run site_upload
screens: ## Take a picture of every page as every role, and ask axe-core (PORT=4566, ARGS="police --view zh-360")
	@scripts/run screens $(ARGS)
simulate: ## Live through years in memory and check every public answer (ARGS="--archives 2000 --years 3 --seed 1")
	@scripts/run simulate $(ARGS)
replay: ## Replay a month of applications, and ten over HTTP (ARGS="--scale 0.1")
	@scripts/run replay $(ARGS)
reproject: ## Compute codes anew: all, or of CITY=, of COMPANY= in it, of WORKERS=id,id (of an account: STAGE= REGION=)
	@scripts/run reproject
backup: ## Back all up into TO=folder or s3://bucket/prefix (of an account: STAGE= REGION=)
	@scripts/run backup
restore: ## Restore FROM=folder or s3://bucket/prefix into an empty stack, and compare
	@scripts/run restore
invite: ## Invite whoever has an account and no sign-in in the user pool, as after a restore
	@scripts/run invite
purge: ## Have purged what has no purpose left; what would go: ARGS=--dry-run, of CITY= (of an account: STAGE= REGION=)
	@scripts/run purge $(ARGS)
audit: ## Verify the ledger: all, of CITY=, of ARCHIVE=id in it (of an account: STAGE= REGION=)
	@scripts/run audit
plan: ## Show what a deployment to AWS would change: STAGE= REGION= HOST= CERTIFICATE=
	@scripts/run deploy --plan
deploy: ## Deploy to AWS: STAGE= REGION= HOST= CERTIFICATE= (and ADMIN= the first administrator's e-mail)
	@scripts/run deploy
