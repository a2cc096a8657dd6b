import Graphs
import Tensors
import Testing
import _TestSupport

/// Each pass on a small graph: the text before and after is recorded, and both graphs compute the same.
@Suite struct PassSnapshotTests {
  private func check(_ pass: any Pass, _ example: inout GraphExample, _ name: String) throws {
    let before = try example.finish()
    var after = before
    try PassPipeline([pass]).run(&after)
    try after.validate()
    #expect(try Snapshot("\(name).txt").difference(from: before.text + "\n=>\n\n" + after.text) == nil)
    let input = try example.random.tensor(example.inputTypes[0].shape.dimensions)
    let expected = try ReferenceExecutor(before).run([input])
    let results = try ReferenceExecutor(after).run([input])
    for (result, expected) in zip(results, expected) {
      #expect(result.difference(from: expected, relative: 1e-5, absolute: 1e-5) == nil)
    }
    #expect(after.outputs.map { after[$0].name } == before.outputs.map { before[$0].name })
  }

  @Test func foldConstants() throws {
    var example = try GraphExample("constants", input: [1, 2, 2, 2])
    let shape = example.list("shape", [2, 1, 1])
    let filled = example.apply(ConstantOfShape(value: Tensor(vector: [Float(3)])), "filled", [shape])
    let scale = example.apply(Unsqueeze(axes: [0]), "scale", [filled])
    let quantized = example.graph.addConstant("quantized", Tensor(vector: [Int8(4), -4]))
    let step = example.graph.addConstant("step", Tensor(scalar: Float(0.5)))
    let dequantized = example.apply(DequantizeLinear(), "dequantized", [quantized, step])
    let offsets = example.apply(Unsqueeze(axes: [1, 2]), "offsets", [dequantized])
    let product = example.apply(Mul(), "product", [ValueID(0), scale])
    let sum = example.apply(Add(), "sum", [product, offsets])
    let dimensions = example.apply(ShapeOf(), "dimensions", [sum])
    let batch = example.apply(Slice(starts: [0], ends: [1]), "batch", [dimensions])
    let rest = example.list("rest", [-1])
    let target = example.apply(Concat(axis: 0), "target", [batch, rest])
    example.apply(Reshape(), "flat", [sum, target])
    try check(FoldConstants(), &example, "foldConstants")
  }

  /// Constants of a quantization: one scale and zero point a channel.
  private func channelParameters(
    _ example: inout GraphExample, _ name: String, _ scales: [Float], _ zeroPoints: [UInt8]
  ) -> [ValueID] {
    [
      example.graph.addConstant("\(name).scales", Tensor(vector: scales)),
      example.graph.addConstant("\(name).zeros", Tensor(vector: zeroPoints)),
    ]
  }

  /// Quantizes the last value and undoes it.
  private func quantize(_ example: inout GraphExample, _ name: String, _ scales: [Float], _ zeroPoints: [UInt8]) {
    let parameters = channelParameters(&example, name, scales, zeroPoints)
    example.add(QuantizeLinear(), "\(name)/quantize", parameters)
    example.add(DequantizeLinear(), "\(name)/dequantize", parameters)
  }

  @Test func foldChannelQuantizationIntoConvolutions() throws {
    var example = try GraphExample("quantized", input: [1, 3, 4, 4])
    let integers = example.graph.addConstant(
      "integers", try Tensor(shape: Shape([4, 3, 1, 1]), [10, -7, 120, 3, 55, -99, 4, -4, 8, 100, 90, -80] as [Int8]))
    let weights = example.apply(
      DequantizeLinear(axis: 0), "weights",
      [integers, example.graph.addConstant("steps", Tensor(vector: [0.01, 0.02, 0.005, 0.01] as [Float]))])
    example.apply(
      Conv(window: SpatialWindow(kernel: [1, 1]), activation: .clip(lower: 0, upper: 6)), "first",
      [ValueID(0), weights, try example.weights("b", [4])])
    quantize(&example, "first", [0.01, 6 / 255, 0.02, 0.005], [0, 0, 0, 0])
    try example.conv("depthwise", (4, 4), kernel: 3, pad: 1, group: 4, bias: true)
    try check(FoldChannelQuantization(), &example, "foldChannelQuantizationIntoConvolutions")
  }

  /// NNCF's tiny range of channels that it saw no number of.
  @Test func foldChannelQuantizationOfIdleChannels() throws {
    var example = try GraphExample("idle", input: [1, 3, 4, 4])
    try example.conv("first", (3, 4))
    example.graph.nodes[0].op = Conv(window: SpatialWindow(kernel: [1, 1]), activation: .clip(lower: 0, upper: 6))
    quantize(&example, "first", [0.02, 1e-8, 6 / 255, 0.01], [0, 128, 0, 0])
    try example.conv("depthwise", (4, 4), group: 4)
    try check(FoldChannelQuantization(), &example, "foldChannelQuantizationOfIdleChannels")
  }

  @Test func foldChannelQuantizationWhereFactorsStay() throws {
    var example = try GraphExample("quantized", input: [1, 4, 3, 3])
    // The bound of 0.5 is narrower than what the integers of the last channel can stand for.
    try example.conv("bounded", (4, 4))
    example.graph.nodes[0].op = Conv(window: SpatialWindow(kernel: [1, 1]), activation: .clip(lower: 0, upper: 0.5))
    quantize(&example, "bounded", [0.001, 0.0015, 0.001, 0.004], [0, 0, 0, 0])
    try example.conv("dense", (4, 4))
    quantize(&example, "dense", [0.01, 0.02, 0.03, 0.04], [128, 100, 128, 90])
    try example.conv("depthwise", (4, 4), group: 4)
    try check(FoldChannelQuantization(), &example, "foldChannelQuantizationWhereFactorsStay")
  }

  @Test func propagateQuantization() throws {
    var example = try GraphExample("quantized", input: [1, 3, 4, 4])
    let parameters = [
      example.graph.addConstant("scale", Tensor(scalar: Float(0.01))),
      example.graph.addConstant("zero", Tensor(scalar: Int8(-5))),
    ]
    example.add(QuantizeLinear(elementType: .int8), "quantize", parameters)
    let real = example.add(DequantizeLinear(), "dequantize", parameters)
    // Windows that lie in padding alone give numbers that no integer stands for.
    let outside = SpatialWindow(kernel: [1, 1], strides: [3, 3], pads: [1, 1, 1, 1])
    let padded = example.apply(MaxPool(window: outside), "padded", [real])
    example.apply(MaxPool(window: SpatialWindow(kernel: [2, 2], strides: [2, 2])), "pool", [real])
    let flat = example.add(Flatten(), "flat")
    let edge = example.apply(Flatten(), "edge", [example.apply(Relu(), "positive", [padded])])
    example.apply(Add(), "sum", [example.apply(Relu(), "relu", [flat]), edge])
    try check(PropagateQuantization(), &example, "propagateQuantization")
  }

  @Test func foldBatchNormalizationIntoConv() throws {
    var example = try GraphExample("conv", input: [1, 4, 3, 3])
    try example.conv("grouped", (4, 4), kernel: 3, pad: 1, group: 2)
    try example.batchNormalization("bn", 4)
    example.add(Mul(), "scaled", [try example.weights("m", [4, 1, 1])])
    example.apply(Sub(), "mirrored", [try example.weights("s", [1, 4, 1, 1]), example.last])
    example.add(Div(), "divided", [try example.weights("d", [], in: 2...3)])
    example.add(Relu(), "relu")
    try check(FoldBatchNormalization(), &example, "foldBatchNormalizationIntoConv")
  }

  @Test func foldBatchNormalizationIntoGemm() throws {
    var example = try GraphExample("gemm", input: [2, 3])
    example.add(
      Gemm(alpha: 0.5, beta: 2, transB: true), "gemm",
      [try example.weights("w", [4, 3]), try example.weights("b", [1])])
    try example.batchNormalization("bn", 4)
    example.add(Add(), "shifted", [try example.weights("a", [4])])
    try check(FoldBatchNormalization(), &example, "foldBatchNormalizationIntoGemm")
  }

  /// DenseNet's order: normalization without a convolution before it, its scale and bias given apart.
  @Test func foldBatchNormalizationOnItsOwn() throws {
    var example = try GraphExample("affine", input: [2, 3, 2, 2])
    let x = example.last
    example.apply(Concat(axis: 1), "joined", [x, x])
    try example.batchNormalization("bn", 6)
    example.add(Mul(), "scaled", [try example.weights("m", [6, 1, 1])])
    example.add(Add(), "shifted", [try example.weights("a", [6, 1, 1])])
    try check(FoldBatchNormalization(), &example, "foldBatchNormalizationOnItsOwn")
  }

  /// Two readers, constants along other axes, activations between: nothing may be folded.
  @Test func foldBatchNormalizationRefuses() throws {
    var example = try GraphExample("refused", input: [1, 2, 2, 2])
    try example.conv("shared", (2, 2))
    let shared = example.last
    let scaled = example.add(Mul(), "scaled", [try example.weights("m", [2, 1, 1])])
    example.apply(Add(), "both", [shared, scaled])
    try example.conv("rows", (2, 2))
    example.add(Mul(), "by_row", [try example.weights("r", [2, 1])])
    try example.conv("grown", (2, 2))
    example.add(Add(), "batch", [try example.weights("g", [2, 2, 1, 1])])
    let before = try example.finish()
    var after = before
    try PassPipeline([FoldBatchNormalization()]).run(&after)
    #expect(after.text == before.text)
  }

  @Test func fuseActivation() throws {
    var example = try GraphExample("activations", input: [1, 2, 3, 3])
    try example.conv("conv", (2, 2))
    let convolved = example.add(Relu(), "relu")
    let six = example.graph.addConstant("six", Tensor(scalar: Float(6)))
    example.apply(Add(), "sum", [convolved, convolved])
    example.add(Clip(), "clip", [nil, six])
    example.add(Relu(), "second")
    example.add(MaxPool(window: SpatialWindow(kernel: [2, 2])), "pool")
    example.add(Relu(), "stays")
    try example.conv("twice", (2, 2))
    let twice = example.last
    let active = example.add(Relu(), "alone")
    example.apply(Mul(), "product", [twice, active])
    try check(FuseActivation(), &example, "fuseActivation")
  }

  @Test func distributeActivation() throws {
    var example = try GraphExample("distributed", input: [1, 2, 3, 3])
    let input = example.last
    try example.conv("conv", (2, 2))
    let convolved = example.last
    let positive = example.apply(Relu(), "positive", [input])
    let pooled = example.apply(
      AveragePool(window: SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])), "pool", [positive])
    example.apply(Concat(axis: 1), "join", [convolved, pooled])
    let joined = example.add(Relu(), "relu")
    example.apply(Concat(axis: 1), "with_input", [joined, input])
    example.add(Relu(), "stays")
    try check(DistributeActivation(), &example, "distributeActivation")
  }

  @Test func eliminateIdentity() throws {
    var example = try GraphExample("identities", input: [1, 2, 3, 3])
    example.add(Identity(), "first")
    try example.conv("conv", (2, 2))
    example.add(Dropout(), "dropout")
    example.add(Transpose(permutation: [0, 1, 2, 3]), "transpose")
    example.add(Reshape(), "reshape", [example.list("same", [1, -1, 3, 3])])
    example.add(Cast(to: .float32), "cast")
    example.add(Pad(pads: [0, 0, 0, 0, 0, 0, 0, 0]), "pad")
    example.add(Transpose(permutation: [0, 1, 3, 2]), "swap")
    example.add(Identity(), "result")
    try check(EliminateIdentity(), &example, "eliminateIdentity")
  }

  @Test func identityOfInputKeepsOutput() throws {
    var example = try GraphExample("echo", input: [2])
    example.add(Identity(), "echo")
    try check(EliminateIdentity(), &example, "identityOfInput")
  }

  @Test func canonicalizePadding() throws {
    var example = try GraphExample("padding", input: [1, 2, 5, 6])
    example.add(Pad(), "pad", [example.list("pads", [0, 0, 1, 0, 0, 0, 2, 1])])
    example.add(
      Conv(window: SpatialWindow(kernel: [3, 3], pads: [0, 1, 1, 0])), "conv", [try example.weights("w", [2, 2, 3, 3])])
    example.add(
      Conv(window: SpatialWindow(kernel: [], autoPadding: .sameLower)), "same",
      [try example.weights("v", [2, 2, 2, 2])])
    example.add(
      MaxPool(window: SpatialWindow(kernel: [2, 2], strides: [2, 2], autoPadding: .sameUpper)), "pool")
    example.add(Pad(mode: .edge), "edge", [example.list("more", [0, 0, 1, 1, 0, 0, 1, 1])])
    try example.conv("after_edge", (2, 1), kernel: 2)
    try check(CanonicalizePadding(), &example, "canonicalizePadding")
  }

  @Test func eliminateDeadNodes() throws {
    var example = try GraphExample("dead", input: [1, 2])
    let x = example.last
    example.add(Exp(), "unread")
    example.add(Neg(), "unread_too")
    let kept = example.apply(Mul(), "kept", [x, try example.weights("m", [2])])
    example.apply(Add(), "unread_sum", [x, try example.weights("gone", [2])])
    example.last = kept
    try check(EliminateDeadNodes(), &example, "eliminateDeadNodes")
    var after = example.graph
    try PassPipeline([EliminateDeadNodes()]).run(&after)
    #expect(after.value(named: "gone").flatMap { after[$0].constant } == nil)
  }

  @Test func modernizeOperators() throws {
    var example = try GraphExample("old", input: [2, 3, 2, 2])
    example.add(Clip(lower: -0.5, upper: 0.5), "clip")
    example.add(Softmax(axis: 1, flattens: true), "softmax")
    example.add(Pad(pads: [0, 0, 1, 1, 0, 0, 1, 1], value: 2), "pad")
    example.add(ReduceMean(axes: [-1], keepsAxes: false), "mean")
    example.add(Slice(starts: [1], ends: [3], axes: [2]), "slice")
    example.add(Unsqueeze(axes: [0]), "unsqueeze")
    example.add(Squeeze(axes: [0]), "squeeze")
    example.add(Reshape(shape: [2, 6]), "reshape")
    example.add(LogSoftmax(axis: 1, flattens: true), "log")
    example.add(Sum(), "twice", [example.last])
    example.add(Sum(), "once")
    let parts = example.graph.append(
      Split(axis: 1), name: "parts", inputs: [example.last], outputNames: ["first", "second"])
    example.apply(Sub(), "difference", [parts[0], parts[1]])
    try check(ModernizeOperators(), &example, "modernizeOperators")
  }

  @Test func errorsNameThePass() throws {
    struct Breaking: Pass {
      static let name = "breaking"
      func run(on graph: inout Graph) throws(GraphError) { graph.nodes.reverse() }
    }
    var example = try GraphExample("net", input: [1, 2])
    example.add(Relu(), "a")
    example.add(Relu(), "b")
    var graph = try example.finish()
    let text = graph.text
    let error = #expect(throws: GraphError.self) { try PassPipeline([Breaking()]).run(&graph) }
    #expect(
      error?.description == "Relu “b”: reads “a”, which nothing before it computes (in the pass breaking)")
    #expect(graph.text == text)
  }
}
