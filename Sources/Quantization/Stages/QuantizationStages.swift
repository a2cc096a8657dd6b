/// Keeps what the stages of one quantization have found out, so that one that is cut off goes on where it was.
///
/// What is kept must come back exactly. Everything that a stage depends on, besides the stages before it, is the same for all
/// that is kept in one place: graph, samples, settings, instruction set, and this code.
public protocol QuantizationStages: Sendable {
  /// What a stage has found out; nil where that is not kept.
  func value<Value: Codable>(of stage: String) -> Value?
  /// Keeps what a stage has found out.
  func keep<Value: Codable>(_ value: Value, of stage: String)
}

extension QuantizationStages {
  /// What a stage finds out, or has found out before.
  func stage<Value: Codable>(_ name: String, compute: () throws -> Value) rethrows -> Value {
    if let known: Value = value(of: name) { return known }
    let found = try compute()
    keep(found, of: name)
    return found
  }
}

/// Keeps nothing.
public struct NoStages: QuantizationStages {
  /// Nothing is kept here.
  public init() {}

  /// Nothing.
  public func value<Value: Codable>(of stage: String) -> Value? { nil }
  /// Nothing is done.
  public func keep<Value: Codable>(_ value: Value, of stage: String) {}
}
