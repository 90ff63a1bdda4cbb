using Nexus.Migrations.Generate;

// initial FOLDER: the initial migration of every database, from the model. scripts FOLDER: the SQL of all migrations.
switch (args)
{
    case ["initial", var folder]:
        Parallel.ForEach(Target.All, target => InitialMigration.Write(target, folder));
        Parallel.ForEach(Target.All, target => Script.Write(target, folder));
        return 0;
    case ["scripts", var folder]:
        Parallel.ForEach(Target.All, target => Script.Write(target, folder));
        return 0;
    default:
        await Console.Error.WriteLineAsync("initial FOLDER | scripts FOLDER");
        return 1;
}
