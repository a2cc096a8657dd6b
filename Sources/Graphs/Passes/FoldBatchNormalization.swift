import Tensors

/// Makes BatchNormalization, and Mul, Div, Add and Sub by one constant a channel, a part of the Conv, Gemm or
/// BatchNormalization whose result they alone read.
///
/// For y = f (W x + b) + s: W' = f W and b' = f b + s, computed in 64 bits and rounded once.
public struct FoldBatchNormalization: Pass {
  public static let name = "foldBatchNormalization"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let readers = graph.readCounts()
    var kept: [Node] = []
    var producers: [ValueID: Int] = [:]
    var affines: [Int: ChannelAffine] = [:]
    for node in graph.nodes {
      if let output = node.outputs.first, let step = try step(node, in: graph), readers[step.input] == 1,
        step.affine.isFinite, let producer = producers[step.input], canCarry(kept[producer], in: graph)
      {
        affines[producer] = (affines[producer] ?? ChannelAffine(count: step.affine.factors.count)).then(step.affine)
        kept[producer].outputs[0] = output
        if let output { producers[output] = producer }
        continue
      }
      if let output = node.outputs.first ?? nil { producers[output] = kept.count }
      kept.append(node)
    }
    for (index, affine) in affines.sorted(by: { $0.key < $1.key }) {
      do { kept[index] = try apply(affine, to: kept[index], in: &graph) } catch {
        throw error.at(node: kept[index].name, operatorName: kept[index].operatorName)
      }
    }
    graph.nodes = kept
  }

  /// What a node does to each channel of its input, if it is all that it does.
  private func step(_ node: Node, in graph: Graph) throws(GraphError) -> (input: ValueID, affine: ChannelAffine)? {
    guard node.outputs.count == 1, let output = node.outputs[0], let shape = graph.type(of: output)?.shape,
      shape.rank >= 2
    else { return nil }
    if let op = node.op as? any ActivationFusing, op.activation != .identity { return nil }
    if let normalization = node.op as? BatchNormalization {
      guard let input = node.inputs[0], let parameters = node.constants(1...4, in: graph) else { return nil }
      let (factors, summands) = normalization.affine(parameters.map(\.doubles))
      return (input, ChannelAffine(factors: factors, summands: summands))
    }
    guard node.inputs.count == 2, let first = node.inputs[0], let second = node.inputs[1] else { return nil }
    let swaps = graph.constant(first) != nil
    let input = swaps ? second : first
    guard let constant = graph.constant(swaps ? first : second), graph.constant(input) == nil,
      constant.elementType.isFloatingPoint, graph.type(of: input)?.shape == shape,
      let numbers = constant.channels(of: shape)
    else { return nil }
    let (zeros, ones) = (numbers.map { _ in 0.0 }, numbers.map { _ in 1.0 })
    switch node.op {
    case is Mul: return (input, ChannelAffine(factors: numbers, summands: zeros))
    case is Add: return (input, ChannelAffine(factors: ones, summands: numbers))
    case is Div where !swaps: return (input, ChannelAffine(factors: numbers.map { 1 / $0 }, summands: zeros))
    case is Sub:
      return (
        input,
        ChannelAffine(factors: swaps ? numbers.map { _ in -1 } : ones, summands: swaps ? numbers : numbers.map { -$0 })
      )
    default: return nil
    }
  }

  private func canCarry(_ node: Node, in graph: Graph) -> Bool {
    switch node.op {
    case let conv as Conv:
      return conv.activation == .identity && node.constants(1...2, in: graph) != nil
    case let gemm as Gemm:
      guard gemm.activation == .identity, let constants = node.constants(1...2, in: graph) else { return false }
      let columns = constants[0].shape[gemm.transB ? 0 : 1]
      return constants.dropFirst().allSatisfy {
        $0.elementCount == 1 || $0.elementCount == $0.shape.dimensions.last && $0.elementCount == columns
      }
    case let normalization as BatchNormalization:
      return normalization.activation == .identity && node.constants(1...4, in: graph) != nil
    default: return false
    }
  }

  private func apply(_ affine: ChannelAffine, to node: Node, in graph: inout Graph) throws(GraphError) -> Node {
    var node = node
    guard let parameters = node.constants(1...4, in: graph) else { return node }
    let name = node.name
    func add(_ tensor: Tensor, _ suffix: String) -> ValueID { graph.addConstant("\(name)/\(suffix)", tensor) }
    switch node.op {
    case is Conv:
      let bias = parameters.count > 1 ? parameters[1].doubles : affine.summands.map { _ in 0 }
      let count = parameters[0].shape.count(1...)
      let weights = parameters[0].scaled { affine.factors[$0 / count] }
      node.inputs = [node.inputs[0], add(weights, "weights"), add(try affine(bias, parameters[0].elementType), "bias")]
    case var gemm as Gemm:
      let bias = (parameters.count > 1 ? parameters[1].doubles : [0]).map { $0 * Double(gemm.beta) }
      let (rows, columns) = (parameters[0].shape[0], parameters[0].shape[1])
      let alpha = Double(gemm.alpha)
      let weights = parameters[0].scaled { alpha * affine.factors[gemm.transB ? $0 / columns : $0 % columns] }
      let spread = bias.count == 1 ? [Double](repeating: bias[0], count: gemm.transB ? rows : columns) : bias
      (gemm.alpha, gemm.beta) = (1, 1)
      node.op = gemm
      node.inputs = [
        node.inputs[0], add(weights, "weights"), add(try affine(spread, parameters[0].elementType), "bias"),
      ]
    default:
      let type = parameters[0].elementType
      let scale = zip(parameters[0].doubles, affine.factors).map { $0 * $1 }
      node.inputs[1] = add(try Tensor(computed: ValueType(type, Shape(vector: scale.count)), doubles: scale), "scale")
      node.inputs[2] = add(try affine(parameters[1].doubles, type), "bias")
    }
    return node
  }
}

/// A factor and a summand for each channel: y = factor * x + summand.
private struct ChannelAffine {
  var factors: [Double]
  var summands: [Double]

  init(factors: [Double], summands: [Double]) {
    self.factors = factors
    self.summands = summands
  }

  /// Changes nothing.
  init(count: Int) {
    factors = .init(repeating: 1, count: count)
    summands = .init(repeating: 0, count: count)
  }

  /// Whether every factor and summand is a number.
  var isFinite: Bool { (factors + summands).allSatisfy(\.isFinite) }

  /// This one, then another.
  func then(_ next: ChannelAffine) -> ChannelAffine {
    ChannelAffine(
      factors: zip(factors, next.factors).map { $0 * $1 },
      summands: summands.indices.map { next.factors[$0] * summands[$0] + next.summands[$0] })
  }

  /// The images of one number a channel, as a vector.
  func callAsFunction(_ numbers: [Double], _ type: ElementType) throws(GraphError) -> Tensor {
    let images = numbers.indices.map { factors[$0] * numbers[$0] + summands[$0] }
    return try Tensor(computed: ValueType(type, Shape(vector: images.count)), doubles: images)
  }
}

extension Node {
  /// The constants in some slots, as far as there are so many; nil if one of them is not constant.
  func constants(_ slots: ClosedRange<Int>, in graph: Graph) -> [Tensor]? {
    var constants: [Tensor] = []
    for case let input? in inputs[slots.clamped(to: 1...max(inputs.count - 1, 1))] {
      guard let constant = graph.constant(input) else { return nil }
      constants.append(constant)
    }
    return constants.isEmpty ? nil : constants
  }
}

extension Tensor {
  /// One number a channel, if the tensor is constant along all axes but axis 1 when broadcast to a shape.
  fileprivate func channels(of target: Shape) -> [Double]? {
    let missing = target.rank - shape.rank
    guard missing >= 0 else { return nil }
    for (axis, extent) in shape.dimensions.enumerated() where extent != 1 {
      guard axis + missing == 1, extent == target[1] else { return nil }
    }
    let numbers = doubles
    return numbers.count == 1 ? .init(repeating: numbers[0], count: target[1]) : numbers
  }

  /// Floating-point elements, each times the factor of its index, rounded once.
  fileprivate func scaled(_ factor: (Int) -> Double) -> Tensor {
    switch elements {
    case .float32(let e): replacingElements(.float32(e.indices.map { Float(Double(e[$0]) * factor($0)) }))
    case .float16(let e): replacingElements(.float16(e.indices.map { Float16(Double(e[$0]) * factor($0)) }))
    default: replacingElements(.float64(doubles.enumerated().map { $1 * factor($0) })).converted(to: elementType)
    }
  }
}
