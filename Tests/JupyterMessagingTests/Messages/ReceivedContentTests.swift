import JupyterMessaging
import Testing

@Suite struct ReceivedContentTests {
  private func read<Content: ReceivedContent>(_: Content.Type, _ fields: JSONObject) throws -> Content {
    try Content(ContentFields(fields, of: Content.messageType))
  }

  private func message<Content: ReceivedContent>(_ type: Content.Type, _ fields: JSONObject) -> String {
    do {
      _ = try read(type, fields)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `an execute request has defaults`() throws {
    let request = try read(ExecuteRequest.self, ["code": "1", "user_expressions": nil])
    #expect(!request.isSilent && request.storesHistory && !request.allowsStdin && request.stopsOnError)
    #expect(request.userExpressions.isEmpty)
  }

  @Test(
    arguments: [
      (["code": ""], true), (["code": "", "store_history": false], false), (["code": "", "silent": true], false),
      (["code": "", "silent": true, "store_history": true], false),
    ] as [(JSONObject, Bool)])
  func `a silent request never enters the history`(fields: JSONObject, stores: Bool) throws {
    #expect(try read(ExecuteRequest.self, fields).storesHistory == stores)
  }

  @Test func `user expressions keep their order`() throws {
    let request = try read(ExecuteRequest.self, ["code": "", "user_expressions": ["z": "1", "a": "2"]])
    #expect(request.userExpressions.map(\.name) == ["z", "a"])
    #expect(request.userExpressions.map(\.expression) == ["1", "2"])
  }

  @Test func `a cursor that is not given stands at the end, in scalars`() throws {
    #expect(try read(CompleteRequest.self, ["code": "e\u{301}👩‍👧"]).cursorPosition == 5)
    #expect(try read(InspectRequest.self, ["code": "abc", "cursor_pos": 1]).cursorPosition == 1)
  }

  @Test(
    arguments: [
      ([:], .tail(count: 10)), (["hist_access_type": "tail", "n": 3], .tail(count: 3)),
      (
        ["hist_access_type": "range", "session": -1, "start": 2, "stop": 5], .range(session: -1, start: 2, stop: 5)
      ),
      (["hist_access_type": "range", "stop": nil], .range(session: 0, start: 1, stop: nil)),
      (
        ["hist_access_type": "search", "pattern": "a*", "n": 2, "unique": true],
        .search(pattern: "a*", count: 2, isUnique: true)
      ),
      (["hist_access_type": "search"], .search(pattern: "*", count: nil, isUnique: false)),
    ] as [(JSONObject, HistoryRequest.Access)])
  func `history is asked for in three ways`(fields: JSONObject, access: HistoryRequest.Access) throws {
    #expect(try read(HistoryRequest.self, fields).access == access)
  }

  @Test func `errors name the message and the field`() {
    #expect(message(ExecuteRequest.self, [:]) == "execute_request code: the field is missing")
    #expect(message(ExecuteRequest.self, ["code": 1]) == "execute_request code: the field is not a string")
    #expect(
      message(ExecuteRequest.self, ["code": "", "silent": 1])
        == "execute_request silent: the field is not true or false")
    #expect(
      message(CompleteRequest.self, ["code": "", "cursor_pos": 0.5])
        == "complete_request cursor_pos: the field is not a whole number")
    #expect(
      message(ExecuteRequest.self, ["code": "", "user_expressions": []])
        == "execute_request user_expressions: the field is not an object")
    #expect(
      message(HistoryRequest.self, ["hist_access_type": "all"])
        == "history_request hist_access_type: \"all\" is not range, tail or search")
  }
}
