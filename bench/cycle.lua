-- SPDX-License-Identifier: Apache-2.0
-- For wrk: asks for the addresses of the file BENCH_PATHS in turn.
local requests, turn = {}, 0

function init()
	for path in io.lines(os.getenv("BENCH_PATHS")) do
		requests[#requests + 1] = wrk.format("GET", path)
	end
end

function request()
	turn = turn % #requests + 1
	return requests[turn]
end
