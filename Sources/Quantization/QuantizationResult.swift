public import Graphs
public import Tensors

/// A quantized graph and how it came about.
public struct QuantizationResult: Sendable {
  /// A node that is computed on 8-bit integers.
  public struct QuantizedLayer: Sendable, Hashable {
    /// The node's name.
    public let name: String
    /// The name of its operator, as `Conv`.
    public let operatorName: String

    /// Names a layer.
    public init(name: String, operatorName: String) {
      self.name = name
      self.operatorName = operatorName
    }
  }

  /// A node that is computed on floating-point numbers.
  public struct FloatLayer: Sendable, Hashable {
    /// The node's name.
    public let name: String
    /// The name of its operator, as `Softmax`.
    public let operatorName: String
    /// Why, in a clause.
    public let reason: String

    /// Names a layer and says why it is not quantized.
    public init(name: String, operatorName: String, reason: String) {
      self.name = name
      self.operatorName = operatorName
      self.reason = reason
    }
  }

  /// The graph with QuantizeLinear and DequantizeLinear nodes; its inputs and outputs are the original's.
  public let graph: Graph
  /// In the graph's order.
  public let quantizedLayers: [QuantizedLayer]
  /// In the graph's order.
  public let floatLayers: [FloatLayer]
  /// The scales and zero points of every quantized activation and weight, by the name of the value in the original.
  public let parameters: [String: QuantizationParameters]
  /// The settings that were used.
  public let configuration: QuantizationConfiguration
  /// What the layers were made of.
  let recipe: QuantizationRecipe
  /// The nodes that went back to floating point after the choices were made, and why.
  let revertedNodes: [Int: String]
  /// How many samples were used; those that could not be read are not counted.
  public let calibratedSamples: Int
}
