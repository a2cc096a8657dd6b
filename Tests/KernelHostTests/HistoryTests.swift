import JupyterMessaging
import KernelHost
import Testing

@Suite struct HistoryTests {
  private func history(_ client: ScriptedClient, _ fields: JSONObject) throws -> JSONValue? {
    try client.reply("history_request", fields)["history"]
  }

  @Test(
    arguments: [
      (["hist_access_type": "tail", "n": 2], [[1, 4, "c\nd"], [1, 5, "a1"]]),
      (["hist_access_type": "tail", "n": -1], []),
      (["hist_access_type": "tail", "n": 1, "output": true], [[1, 5, ["a1", "a1"]]]),
      (["hist_access_type": "range", "start": 2, "stop": 3], [[1, 2, "print x"]]),
      (["hist_access_type": "range", "session": 1, "start": 4], [[1, 4, "c\nd"], [1, 5, "a1"]]),
      (["hist_access_type": "range", "start": 2, "stop": 3, "output": true], [[1, 2, ["print x", nil]]]),
      (["hist_access_type": "range", "session": 7], []),
      (["hist_access_type": "range", "session": .integer(.min)], []),
      (["hist_access_type": "search", "pattern": "a*"], [[1, 1, "a1"], [1, 3, "a2"], [1, 5, "a1"]]),
      (["hist_access_type": "search", "pattern": "a?", "unique": true], [[1, 3, "a2"], [1, 5, "a1"]]),
      (["hist_access_type": "search", "pattern": "a*", "n": 2], [[1, 3, "a2"], [1, 5, "a1"]]),
      (["hist_access_type": "search", "pattern": "*1"], [[1, 1, "a1"], [1, 5, "a1"]]),
      (["hist_access_type": "search", "pattern": "c*d"], [[1, 4, "c\nd"]]),
      (["hist_access_type": "search", "pattern": "1"], []),
      (["hist_access_type": "search", "pattern": "*r*t*x*"], [[1, 2, "print x"]]),
    ] as [(JSONObject, JSONValue)])
  func `finds cells by range, from the end, and by pattern`(request: JSONObject, expected: JSONValue) throws {
    let client = try ScriptedClient()
    for code in ["a1", "print x", "a2", "c\nd", "a1"] { try client.run(code) }
    try client.run("a3", ["store_history": false])
    #expect(try history(client, request) == expected)
  }

  @Test func `a kernel remembers the sessions before it`() throws {
    let store = MemoryHistory()
    let first = try ScriptedClient(history: store)
    try first.run("é\n\"1\"")
    #expect(try history(first, ["n": 9]) == [[1, 1, "é\n\"1\""]])
    let second = try ScriptedClient(history: store)
    try second.run("2")
    #expect(
      try history(second, ["n": 9, "output": true]) == [[1, 1, ["é\n\"1\"", "é\n\"1\""]], [2, 1, ["2", "2"]]])
    #expect(try history(second, ["hist_access_type": "range", "session": -1]) == [[1, 1, "é\n\"1\""]])
  }

  @Test func `without a store that can be used, the session itself is remembered`() throws {
    let client = try ScriptedClient(history: BrokenHistory())
    for code in ["1", "2"] { try client.run(code) }
    #expect(try history(client, ["n": 9]) == [[1, 1, "1"], [1, 2, "2"]])
  }
}

/// A store on a disk that cannot be written.
private struct BrokenHistory: HistoryStore {
  private struct Failure: Error {}

  func beginSession() throws -> Int { throw Failure() }
  func append(_ cells: [HistoryReply.Entry]) throws { throw Failure() }
  func entries(_ access: HistoryRequest.Access, session: Int) throws -> [HistoryReply.Entry] { throw Failure() }
}
