using Nexus.Benchmarks;

// bare MODEL PORT: the endpoint that the portal is compared with, in a process of its own. Otherwise: the comparison.
if (args is ["bare", var model, var port]) await Bare.RunAsync(model, port);
else await Comparison.RunAsync(args is [var seconds] ? int.Parse(seconds) : 5);
