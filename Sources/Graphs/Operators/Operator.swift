public import Tensors

/// What a node does, with its attributes: an operator of the ONNX operator set, known by its ONNX name.
///
/// One operator is one file: attributes, shape inference, and a scalar reference evaluation that follows the
/// specification to the letter and is the oracle of all tests. Speed is the business of the Inference module.
public protocol Operator: Sendable {
  /// The name in the ONNX operator set, as `Conv`.
  static var name: String { get }

  /// Reads the attributes of a node; those left out take the specification's defaults.
  ///
  /// - Throws: `GraphError.invalidAttribute` for a missing, wrong or unknown one, `unsupportedOperator` for an opset
  ///   in which the operator means something that is not implemented.
  init(_ attributes: inout AttributeReader) throws(GraphError)

  /// The attributes in the form of the newest opset that is read, without those that hold their default.
  var attributes: [String: AttributeValue] { get }

  /// The types of the outputs that these inputs give.
  ///
  /// - Parameters:
  ///   - inputs: the operands; nil for an optional one that is left out.
  ///   - outputCount: how many outputs the node has.
  /// - Throws: `GraphError.invalidInput` where they do not fit, `dynamicShape` where a shape depends on elements that
  ///   are not known.
  func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType]

  /// The outputs, computed one element after the other in 64-bit or exact integer arithmetic where it matters.
  ///
  /// - Precondition: `inferTypes` accepted the inputs' types.
  func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor]

  /// Arithmetic operations of one evaluation by the DL Workbench's counting (a multiply-accumulate is two); nil if the
  /// operator has no count.
  func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int?
}

extension Operator {
  /// The operator's name, as `Conv`.
  public var name: String { Self.name }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { nil }
}

/// An operator that applies an activation to its result before it gives it back.
///
/// The passes set it; the plain ONNX operators have none.
public protocol ActivationFusing: Operator {
  var activation: Activation { get set }
}
