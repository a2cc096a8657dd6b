internal import Graphs
internal import Tensors

/// A node that is computed by its operator's reference evaluation: correct, slow, and with memory taken at each run.
struct ReferenceStep: PlanStep {
  /// Where an input comes from.
  enum Input {
    case absent
    case constant(Tensor)
    case location(Location)
    case quantized(QuantizedValue)
  }

  let node: String
  let op: any Operator
  let inputs: [Input]
  let outputs: [Location]

  var nodes: [String] { [node] }
  var operation: String { op.name }
  var kernel: String { "reference" }
  var reads: [Location] {
    inputs.compactMap { input in
      switch input {
      case .location(let location): location
      case .quantized(let value): value.location
      case .absent, .constant: nil
      }
    }
  }
  var writes: [Location] { outputs }
  var workEstimate: Double { outputs.reduce(0) { $0 + Double($1.layout.byteCount) } }
  var isDivisible: Bool { false }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) throws(InferenceError) {
    var tensors: [Tensor?] = []
    for input in inputs {
      switch input {
      case .absent: tensors.append(nil)
      case .constant(let tensor): tensors.append(tensor)
      case .location(let location): tensors.append(try TensorTransfer.read(location, in: context))
      case .quantized(let value): tensors.append(try TensorTransfer.read(value, in: context))
      }
    }
    let results: [Tensor]
    do {
      results = try op.evaluate(tensors, outputCount: outputs.count)
    } catch { throw InferenceError(error.at(node: node, operatorName: op.name)) }
    guard results.count == outputs.count else {
      throw InferenceError(.unsupportedGraph, "\(op.name) gave \(results.count) outputs", node: node)
    }
    for (tensor, location) in zip(results, outputs) { try TensorTransfer.write(tensor, to: location, in: context) }
  }
}

/// A constant that something reads as if it were computed.
struct ConstantStep: PlanStep {
  let node: String
  let tensor: Tensor
  let output: Location

  init(node: String, tensor: Tensor, output: Location) throws(InferenceError) {
    guard tensor.elementType == output.layout.elementType, tensor.shape == output.layout.shape else {
      throw InferenceError(.unsupportedGraph, "the constant is not of its value's type", node: node)
    }
    self.node = node
    self.tensor = tensor
    self.output = output
  }

  var nodes: [String] { [node] }
  var operation: String { "Constant" }
  var kernel: String { "copy" }
  var reads: [Location] { [] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(tensor.byteCount) }
  var isDivisible: Bool { false }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) throws(InferenceError) {
    try TensorTransfer.write(tensor, to: output, in: context)
  }
}
