using System.Globalization;
using Nexus.Benchmarks;

// bare MODEL PORT: the endpoint that the portal is compared with, in a process of its own. Otherwise the comparison: [--seconds N], for each round.
if (args is ["bare", var model, var port]) await Bare.RunAsync(model, port);
else if (args is ["model", var path]) await File.WriteAllBytesAsync(path, Forest.Onnx());
else if (args is []) await Comparison.RunAsync(seconds: 5);
else if (args is ["--seconds", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0) await Comparison.RunAsync(seconds);
else await Console.Error.WriteLineAsync("--seconds N: how long each round takes; 5 where nothing is said.");
