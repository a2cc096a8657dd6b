/// Why a graph could not be quantized.
public struct QuantizationError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Code: String, Sendable {
    /// The graph has QuantizeLinear or DequantizeLinear nodes already.
    case alreadyQuantized
    /// Not one calibration sample could be used.
    case noSamples
    /// No layer of the graph can be computed on 8-bit integers.
    case nothingToQuantize
    /// An entry of the ignored scope fits no node.
    case unmatchedScope
    /// A setting is out of its range.
    case invalidSetting
    /// A value of the network is not a finite number for a calibration sample.
    case nonFiniteValue
    /// The graph breaks a rule, so that it cannot be rewritten.
    case invalidGraph
  }

  /// What kind of failure it is.
  public let code: Code
  /// One sentence: what is wrong.
  public let message: String
  /// What to do about it, as an imperative clause; nil if there is nothing to advise.
  public let remedy: String?
  /// The node concerned, where there is one.
  public let node: String?

  /// Makes an error; the message and the remedy have no full stop.
  public init(_ code: Code, _ message: String, remedy: String? = nil, node: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.node = node
  }
}

extension QuantizationError: CustomStringConvertible {
  /// Place, cause and remedy in one line.
  public var description: String {
    (node.map { "“\($0)”: " } ?? "") + message + (remedy.map { "; \($0)" } ?? "")
  }
}
