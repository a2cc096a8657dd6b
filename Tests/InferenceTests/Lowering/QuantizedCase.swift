import Graphs
import Tensors
import Testing

/// A small quantized network and what its plan must look like.
struct QuantizedCase: CustomTestStringConvertible {
  let name: String
  let input: [Int]
  /// The operations of the plan.
  let operations: [String]
  /// Whether all instruction sets give the same to the last bit: floats of functions that vectors compute by polynomials
  /// are the same within their accuracy only.
  var isTheSameEverywhere: Bool { name != "Sigmoid to floats" }
  /// Whether numbers lie halfway between two quantized ones so often that the floats of the reference, which are a little
  /// off, are rounded the other way more often than now and then.
  var hasHalves: Bool { name.contains("between pixels") }
  /// Builds the network behind its quantized input and gives its output.
  let build: @Sendable (inout Network, _ input: ValueID) throws -> ValueID

  init(
    _ name: String, _ operations: [String], on input: [Int] = [3, 22, 33, 31],
    _ build: @escaping @Sendable (inout Network, ValueID) throws -> ValueID
  ) {
    self.name = name
    self.input = input
    self.operations = operations
    self.build = build
  }

  var testDescription: String { name }

  static let all = convolutions + products + sums + functions + shapes + poolings

  static let convolutions = [
    QuantizedCase("convolution", ["Conv"]) { try $0.quantize($0.conv($1, 19)) },
    QuantizedCase("convolution of one pixel", ["Conv"], on: [3, 21, 1, 1]) { try $0.quantize($0.conv($1, 19)) },
    QuantizedCase("pointwise", ["Conv"]) { try $0.quantize($0.conv($1, 50, kernel: [1, 1])) },
    QuantizedCase("pointwise with a stride", ["Conv"]) {
      try $0.quantize($0.conv($1, 9, kernel: [1, 1], strides: [2, 3]))
    },
    QuantizedCase("first layer", ["QuantizeLinear, Conv"], on: [3, 3, 35, 37]) {
      try $0.quantize($0.conv($1, 32, strides: [2, 2], pads: [0, 0, 1, 1]))
    },
    QuantizedCase("dilation and uneven pads", ["Conv"]) {
      try $0.quantize($0.conv($1, 17, kernel: [2, 3], dilations: [3, 2], pads: [0, 4, 5, 1]))
    },
    QuantizedCase("groups", ["Conv"]) { try $0.quantize($0.conv($1, 26, group: 2)) },
    QuantizedCase("ReLU6 fused", ["Conv+ReLU6"]) {
      try $0.quantize($0.conv($1, 19, activation: .clip(lower: 0, upper: 6)))
    },
    QuantizedCase("ReLU behind", ["Conv", "ReLU"]) { try $0.quantize($0.add(Relu(), $0.conv($1, 19))) },
    QuantizedCase("without a quantizer behind", ["Conv"]) { try $0.conv($1, 19) },
    QuantizedCase("depthwise", ["DepthwiseConv+ReLU"]) { try $0.quantize($0.depthwise($1, activation: .relu)) },
    QuantizedCase("depthwise of one pixel", ["DepthwiseConv"], on: [3, 21, 1, 1]) { try $0.quantize($0.depthwise($1)) },
    QuantizedCase("depthwise with a stride", ["DepthwiseConv"], on: [3, 100, 17, 19]) {
      try $0.quantize($0.depthwise($1, strides: [2, 2], pads: [0, 1, 1, 0]))
    },
    QuantizedCase("depthwise 5x5", ["DepthwiseConv"]) {
      try $0.quantize($0.depthwise($1, kernel: [5, 5], strides: [1, 2]))
    },
    QuantizedCase("depthwise with dilation", ["DepthwiseConv"], on: [2, 130, 15, 16]) {
      try $0.quantize($0.depthwise($1, dilations: [2, 3]))
    },
    QuantizedCase("depthwise without a quantizer behind", ["DepthwiseConv"]) { try $0.depthwise($1) },
    QuantizedCase("weights that are not quantized", ["Conv"]) { try $0.quantize($0.conv($1, 19, quantized: false)) },
    QuantizedCase("depthwise with a residual", ["DepthwiseConv", "Add"]) { net, x in
      try net.quantize(net.add(Add(), x, net.depthwise(x)))
    },
    QuantizedCase("inverted residual", ["Conv+ReLU6", "DepthwiseConv+ReLU6", "Conv+Add"]) { net, x in
      let relu6 = Activation.clip(lower: 0, upper: 6)
      let expanded = try net.quantize(net.conv(x, 70, kernel: [1, 1], activation: relu6))
      let filtered = try net.quantize(net.depthwise(expanded, activation: relu6))
      return try net.quantize(net.add(Add(), net.conv(filtered, 22, kernel: [1, 1]), x))
    },
  ]

  static let products = [
    QuantizedCase("Gemm", ["Gemm+ReLU"], on: [5, 250]) { net, x in
      let (b, c) = (try net.quantizedWeights([70, 250], axis: 0), try net.weights([70]))
      return try net.quantize(net.add(Gemm(transB: true, activation: .relu), x, b, c))
    },
    QuantizedCase("Gemm with one summand", ["Gemm"], on: [5, 250]) { net, x in
      let (b, c) = (try net.quantizedWeights([250, 70], axis: 1), try net.weights([1]))
      return try net.quantize(net.add(Gemm(beta: 2), x, b, c))
    },
    QuantizedCase("Gemm with a factor", ["Gemm"], on: [3, 30]) { net, x in
      try net.quantize(net.add(Gemm(alpha: 0.5), x, net.quantizedWeights([30, 7], axis: 1)))
    },
    QuantizedCase("MatMul", ["MatMul"], on: [5, 250]) { net, x in
      try net.quantize(net.add(MatMul(), x, net.quantizedWeights([250, 33], axis: 1)))
    },
    QuantizedCase("product with a residual", ["Gemm+Add"], on: [5, 70]) { net, x in
      try net.quantize(net.add(Add(), x, net.add(Gemm(), x, net.quantizedWeights([70, 70], axis: 1))))
    },
    QuantizedCase("product without a quantizer behind", ["MatMul"], on: [3, 101]) { net, x in
      net.add(MatMul(), x, try net.quantizedWeights([101, 30], axis: 1))
    },
  ]

  static let sums = [
    QuantizedCase("residual", ["Conv", "Conv+Add+ReLU"]) { net, x in
      let other = try net.quantize(net.conv(x, 19))
      return try net.quantize(net.add(Add(activation: .relu), net.conv(x, 19, kernel: [1, 1]), other))
    },
    QuantizedCase("residual of a branch that comes later", ["Conv", "Conv+Add"]) { net, x in
      let early = try net.conv(x, 19)
      let late = try net.quantize(net.conv(x, 19, kernel: [1, 1]))
      return try net.quantize(net.add(Add(), late, early))
    },
    QuantizedCase("two convolutions", ["Conv", "Conv", "Add"]) { net, x in
      try net.quantize(net.add(Add(), net.conv(x, 19), net.conv(x, 19, kernel: [1, 1])))
    },
    QuantizedCase("two quantized convolutions", ["Conv", "Conv", "Add"]) { net, x in
      let first = try net.quantize(net.conv(x, 19))
      return try net.quantize(net.add(Add(), first, net.quantize(net.conv(x, 19, kernel: [1, 1]))))
    },
    QuantizedCase("residual without a quantizer behind", ["Conv", "Conv", "Add"]) { net, x in
      let other = try net.quantize(net.conv(x, 19))
      return net.add(Add(), other, try net.conv(x, 19, kernel: [1, 1]))
    },
    QuantizedCase("doubled", ["Add"]) { try $0.quantize($0.add(Add(), $1, $1)) },
    QuantizedCase("Sum", ["ReLU", "Sum"]) { net, x in
      let positive = try net.quantize(net.add(Relu(), x))
      return try net.quantize(net.add(Sum(), x, positive))
    },
    QuantizedCase("sum with a constant", ["Add"]) { try $0.quantize($0.add(Add(), $1, $0.weights([22, 1, 1]))) },
    QuantizedCase("clipped", ["Clip"]) { try $0.quantize($0.add(Clip(lower: -0.5, upper: 0.7), $1)) },
  ]

  static let functions = [
    QuantizedCase("Sigmoid", ["Sigmoid"]) { try $0.quantize($0.add(Sigmoid(), $1)) },
    QuantizedCase("Tanh", ["Tanh"]) { try $0.quantize($0.add(Tanh(), $1)) },
    QuantizedCase("HardSwish", ["HardSwish"], on: [3, 70]) { try $0.quantize($0.add(HardSwish(), $1)) },
    QuantizedCase("HardSigmoid", ["HardSigmoid"]) { try $0.quantize($0.add(HardSigmoid(alpha: 0.7, beta: 0.4), $1)) },
    QuantizedCase("LeakyRelu", ["LeakyRelu"]) { try $0.quantize($0.add(LeakyRelu(alpha: 0.3), $1)) },
    QuantizedCase("Elu", ["Elu"]) { try $0.quantize($0.add(Elu(alpha: 0.7), $1)) },
    QuantizedCase("Sigmoid to floats", ["Sigmoid"]) { $0.add(Sigmoid(), $1) },
    QuantizedCase("SiLU", ["Sigmoid+Mul"]) { net, x in
      try net.quantize(net.add(Mul(), x, net.quantize(net.add(Sigmoid(), x))))
    },
    QuantizedCase("SiLU, quantized at its end", ["Sigmoid+Mul"]) { net, x in
      try net.quantize(net.add(Mul(), net.add(Sigmoid(), x), x))
    },
    QuantizedCase("product", ["Conv", "Conv", "Mul+ReLU"]) { net, x in
      let first = try net.quantize(net.conv(x, 19))
      let second = try net.quantize(net.conv(x, 19, kernel: [1, 1]))
      return try net.quantize(net.add(Mul(activation: .relu), first, second))
    },
    QuantizedCase("gates", ["GlobalAveragePool", "Conv", "Sigmoid", "Mul"]) { net, x in
      let squeezed = try net.quantize(net.add(GlobalAveragePool(), x))
      let gate = net.add(Sigmoid(), try net.quantize(net.conv(squeezed, 22)))
      return try net.quantize(net.add(Mul(), net.quantize(gate), x))
    },
  ]

  static let shapes = [
    QuantizedCase("Concat", ["Conv", "AveragePool", "Concat"]) { net, x in
      let first = try net.quantize(net.conv(x, 7))
      let second = try net.quantize(
        net.add(AveragePool(window: SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])), x))
      return try net.quantize(net.add(Concat(axis: 1), first, second, x))
    },
    QuantizedCase("Concat of equal parameters", ["MaxPool"]) { net, x in
      let parameters = try net.parameters(of: net.x)
      let pool = net.add(MaxPool(window: SpatialWindow(kernel: [3, 3], pads: [1, 1, 1, 1])), x)
      let second = try net.quantize(pool, parameters)
      return try net.quantize(net.add(Concat(axis: -3), x, second), parameters)
    },
    QuantizedCase("Concat with floats", ["Conv"]) { net, x in
      try net.quantize(net.add(Concat(axis: 1), x, net.conv(x, 7)))
    },
    QuantizedCase("a dense block", ["MaxPool", "Conv", "BatchNormalization+ReLU", "Conv", "Conv"]) { net, x in
      let parameters = (scale: Float(0.05), zeroPoint: net.isSigned ? -3 : 125)
      func joined(_ a: ValueID, _ b: ValueID) throws -> ValueID {
        try net.quantize(net.add(Concat(axis: 1), a, b), parameters)
      }
      let pool = net.add(MaxPool(window: SpatialWindow(kernel: [3, 3], strides: [2, 2])), x)
      let base = try net.quantize(pool, parameters)
      let first = try joined(base, net.quantize(net.conv(base, 5), parameters))
      let scaled = try net.batchNormalization(first)
      let active = try net.quantize(net.add(Relu(), scaled))
      let second = try joined(first, net.quantize(net.conv(active, 3), parameters))
      return try net.quantize(net.conv(second, 19))
    },
    QuantizedCase("parts in their place and copied", ["Conv", "DepthwiseConv", "Add", "Concat"]) { net, x in
      let parameters = (scale: Float(0.06), zeroPoint: net.isSigned ? 2 : 130)
      let first = try net.quantize(net.conv(x, 9), parameters)
      let second = try net.quantize(net.depthwise(first), parameters)
      let third = try net.quantize(net.add(Add(), first, second), (scale: 0.0473, zeroPoint: parameters.zeroPoint))
      let joined = net.add(Concat(axis: 1), second, third, first)
      return try net.quantize(joined, parameters)
    },
    QuantizedCase("shuffled channels", ["QuantizeLinear, Conv", "ChannelShuffle", "DepthwiseConv"], on: [2, 6, 7, 9]) {
      net, x in
      let y = try net.quantize(net.conv(x, 36))
      return try net.quantize(net.depthwise(net.shuffle(y, groups: 3)))
    },
    QuantizedCase("shuffled channels to floats", ["ChannelShuffle"], on: [2, 20, 7, 9]) { net, x in
      try net.shuffle(x, groups: 4)
    },
    QuantizedCase("shuffled channels with other parameters", ["ChannelShuffle"], on: [2, 20, 7, 9]) { net, x in
      try net.quantize(net.shuffle(x, groups: 4))
    },
    QuantizedCase("shuffled channels, each node quantized", ["ChannelShuffle"], on: [2, 20, 7, 9]) { net, x in
      let parameters = try net.parameters(of: net.x)
      return try net.quantize(net.shuffle(x, groups: 5, quantized: parameters), parameters)
    },
    QuantizedCase("parts of channels", ["Conv", "DepthwiseConv", "Concat"], on: [2, 21, 6, 7]) { net, x in
      let parameters = try net.parameters(of: net.x)
      let parts = net.graph.append(Split(axis: 1), name: "split", inputs: [x], outputNames: ["a", "b", "c"])
      let first = try net.quantize(net.conv(net.quantize(parts[0], parameters), 6), parameters)
      let second = try net.quantize(net.depthwise(net.quantize(parts[1], parameters)), parameters)
      let third = try net.quantize(parts[2], parameters)
      return try net.quantize(net.add(Concat(axis: 1), first, second, third), parameters)
    },
    QuantizedCase("BatchNormalization before a pointwise layer", ["BatchNormalization+ReLU+Conv"]) { net, x in
      let active = try net.quantize(net.add(Relu(), net.batchNormalization(x)))
      return try net.quantize(net.conv(active, 19, kernel: [1, 1]))
    },
    QuantizedCase("pointwise layer with a residual", ["BatchNormalization+Conv+Add"]) { net, x in
      let scaled = try net.quantize(net.batchNormalization(x))
      return try net.quantize(net.add(Add(), net.conv(scaled, 22, kernel: [1, 1]), x))
    },
    QuantizedCase("many strips", ["BatchNormalization+Conv"], on: [2, 1300, 9, 11]) { net, x in
      try net.quantize(net.conv(net.quantize(net.batchNormalization(x)), 7, kernel: [1, 1]))
    },
    QuantizedCase("BatchNormalization", ["BatchNormalization"]) { net, x in
      try net.quantize(net.batchNormalization(x))
    },
    QuantizedCase("Flatten of one pixel", ["GlobalAveragePool", "Gemm"]) { net, x in
      let pooled = try net.quantize(net.add(GlobalAveragePool(), x))
      let parameters = try net.parameters(of: pooled)
      let flat = net.add(Flatten(), try net.quantize(pooled, parameters))
      let again = try net.quantize(flat, parameters)
      return try net.quantize(net.add(Gemm(), again, net.quantizedWeights([22, 30], axis: 1)))
    },
    QuantizedCase("Flatten of many pixels", ["Gemm"], on: [2, 5, 7, 9]) { net, x in
      let flat = try net.quantize(net.add(Flatten(), x), net.parameters(of: net.x))
      return try net.quantize(net.add(Gemm(), flat, net.quantizedWeights([315, 30], axis: 1)))
    },
    QuantizedCase("Reshape to pixels", ["QuantizeLinear, Conv"], on: [3, 60]) { net, x in
      let shape = net.graph.addConstant("shape", Tensor(vector: [0, 5, 4, 3] as [Int64]))
      let pixels = try net.quantize(net.add(Reshape(), x, shape), net.parameters(of: net.x))
      return try net.quantize(net.conv(pixels, 6))
    },
    QuantizedCase("Resize", ["Resize", "Conv"], on: [2, 21, 5, 7]) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 2, 2] as [Float]))
      let y = try net.quantize(net.add(Resize(), x, nil, scales), net.parameters(of: net.x))
      return try net.quantize(net.conv(y, 9))
    },
    QuantizedCase("Resize between pixels", ["Resize"], on: [2, 21, 5, 7]) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 2, 2] as [Float]))
      return try net.quantize(net.add(Resize(mode: .linear), x, nil, scales), net.parameters(of: net.x))
    },
    QuantizedCase("Resize between pixels by other factors", ["Resize"], on: [2, 6, 7, 9]) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 1.6, 0.7] as [Float]))
      return try net.quantize(
        net.add(Resize(mode: .linear, coordinates: .alignCorners), x, nil, scales), net.parameters(of: net.x))
    },
    QuantizedCase("Resize to other parameters", ["Resize"], on: [2, 21, 5, 7]) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 2, 2] as [Float]))
      return try net.quantize(net.add(Resize(), x, nil, scales), (scale: 0.013, zeroPoint: net.isSigned ? 3 : 120))
    },
    QuantizedCase("resized in its place", ["Resize", "MaxPool", "Conv"], on: [2, 7, 6, 8]) { net, x in
      let parameters = try net.parameters(of: net.x)
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 0.5, 0.5] as [Float]))
      let first = try net.quantize(net.add(Resize(), x, nil, scales), parameters)
      let pool = net.add(MaxPool(window: SpatialWindow(kernel: [2, 2], strides: [2, 2])), x)
      let second = try net.quantize(pool, parameters)
      return try net.quantize(net.conv(net.quantize(net.add(Concat(axis: 1), first, second), parameters), 5))
    },
    QuantizedCase("DepthToSpace", ["QuantizeLinear, Conv", "DepthToSpace", "DepthToSpace"], on: [2, 7, 5, 4]) {
      net, x in
      let y = try net.conv(x, 72)
      let parameters = try net.parameters(of: y)
      let first = try net.quantize(net.add(DepthToSpace(blockSize: 3), net.quantize(y, parameters)), parameters)
      return try net.quantize(net.add(DepthToSpace(blockSize: 2, mode: .columnRowDepth), first), parameters)
    },
    QuantizedCase("Transpose", ["Transpose", "QuantizeLinear, Conv"], on: [2, 6, 5, 7]) { net, x in
      let turned = try net.quantize(net.add(Transpose(permutation: [0, 1, 3, 2]), x))
      return try net.quantize(net.conv(turned, 6))
    },
  ]

  static let poolings = [
    QuantizedCase("MaxPool", ["MaxPool"]) { net, x in
      let window = SpatialWindow(
        kernel: [3, 2], strides: [2, 3], dilations: [1, 2], pads: [1, 0, 2, 1], ceilMode: true)
      return try net.quantize(net.add(MaxPool(window: window), x), net.parameters(of: net.x))
    },
    QuantizedCase("MaxPool to other parameters", ["MaxPool"]) {
      try $0.quantize($0.add(MaxPool(window: SpatialWindow(kernel: [2, 2])), $1))
    },
    QuantizedCase("AveragePool over padding", ["AveragePool"]) { net, x in
      let window = SpatialWindow(kernel: [3, 3], strides: [2, 2], pads: [1, 0, 2, 1], ceilMode: true)
      return try net.quantize(net.add(AveragePool(window: window, countsPadding: true), x))
    },
    QuantizedCase("AveragePool beside padding", ["AveragePool"]) { net, x in
      let window = SpatialWindow(kernel: [4, 3], strides: [3, 2], pads: [2, 1, 0, 1])
      return try net.quantize(net.add(AveragePool(window: window), x))
    },
    QuantizedCase("AveragePool with windows of padding alone", ["AveragePool"], on: [2, 5, 6, 7]) { net, x in
      let window = SpatialWindow(kernel: [2, 2], pads: [3, 2, 0, 0])
      return try net.quantize(net.add(AveragePool(window: window), x))
    },
    QuantizedCase("GlobalAveragePool", ["GlobalAveragePool"]) { try $0.quantize($0.add(GlobalAveragePool(), $1)) },
    QuantizedCase("GlobalAveragePool of many pixels", ["GlobalAveragePool"], on: [1, 130, 260, 257]) {
      try $0.quantize($0.add(GlobalAveragePool(), $1))
    },
    QuantizedCase("GlobalAveragePool to floats", ["GlobalAveragePool"]) { $0.add(GlobalAveragePool(), $1) },
    QuantizedCase("ReduceMean", ["ReduceMean", "MatMul"]) { net, x in
      let mean = try net.quantize(net.add(ReduceMean(axes: [2, 3], keepsAxes: false), x))
      return try net.quantize(net.add(MatMul(), mean, net.quantizedWeights([22, 9], axis: 1)))
    },
  ]
}
