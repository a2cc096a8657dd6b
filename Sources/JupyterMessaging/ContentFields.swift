/// Access to the fields of a received content, with errors that name the message and the field.
public struct ContentFields: Sendable {
  private let messageType: String
  private let fields: JSONObject

  /// Creates access to `fields` of a message of type `messageType`.
  public init(_ fields: JSONObject, of messageType: String) {
    self.fields = fields
    self.messageType = messageType
  }

  /// The value of `key`; nil where it is missing or null.
  func value(_ key: String) -> JSONValue? {
    fields[key] == .null ? nil : fields[key]
  }

  func string(_ key: String, default fallback: String? = nil) throws(MessagingError) -> String {
    try read(key, fallback, "a string", \.stringValue)
  }

  func integer(_ key: String, default fallback: Int? = nil) throws(MessagingError) -> Int {
    try read(key, fallback, "a whole number", \.integerValue)
  }

  func bool(_ key: String, default fallback: Bool? = nil) throws(MessagingError) -> Bool {
    try read(key, fallback, "true or false", \.boolValue)
  }

  func object(_ key: String, default fallback: JSONObject? = nil) throws(MessagingError) -> JSONObject {
    try read(key, fallback, "an object", \.objectValue)
  }

  private func read<Value>(
    _ key: String, _ fallback: Value?, _ expectation: String, _ convert: (JSONValue) -> Value?
  ) throws(MessagingError) -> Value {
    guard let value = value(key) else {
      if let fallback { return fallback }
      throw MessagingError(.invalidContent, "the field is missing", context: "\(messageType) \(key)")
    }
    guard let converted = convert(value) else {
      throw MessagingError(.invalidContent, "the field is not \(expectation)", context: "\(messageType) \(key)")
    }
    return converted
  }
}
