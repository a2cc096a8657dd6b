import JupyterMessaging
import Testing

@Suite struct JSONObjectTests {
  @Test func `keeps the order, replaces in place, and takes the last of equal keys`() throws {
    var object: JSONObject = ["b": 1, "a": 2]
    object["c"] = 3
    object["b"] = 4
    object["a"] = nil
    #expect(object == ["b": 4, "c": 3])
    #expect(object.keys == ["b", "c"])
    let read = try JSONValue(parsing: #"{"k": 1, "k": 2}"#.utf8).objectValue
    #expect(read?["k"] == 2)
  }
}
